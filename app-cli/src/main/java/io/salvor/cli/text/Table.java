package io.salvor.cli.text;

import java.util.ArrayList;
import java.util.List;

/// Columns of text, each as wide as its widest cell; the last is left as it is.
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final String indent;

  /// @param indent before each row
  public Table(String indent) {
    this.indent = indent;
  }

  /// One more row.
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /// Whether it has no row.
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /// All rows, each with its line end.
  @Override
  public String toString() {
    var widths = new ArrayList<Integer>();
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        int width = row.get(column).length();
        if (column == widths.size()) {
          widths.add(width);
        } else {
          widths.set(column, Math.max(width, widths.get(column)));
        }
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      var line = new StringBuilder(indent);
      for (int column = 0; column < row.size(); column++) {
        line.append(row.get(column));
        if (column + 1 < row.size()) {
          line.append(" ".repeat(widths.get(column) - row.get(column).length() + 2));
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
