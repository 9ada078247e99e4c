package io.salvor.cli.screen;

import java.util.ArrayList;
import java.util.List;

/// What a person sees: understands as much of a terminal as pictures need.
public final class Glass {
  private final int columns;
  private final int rows;
  private final List<StringBuilder> lines = new ArrayList<>();
  private int row;
  private int column;

  public Glass(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
    lines.add(new StringBuilder());
  }

  /// What is seen, without empty lines at the end.
  public List<String> lines() {
    List<String> seen =
        new ArrayList<>(lines.stream().map(it -> it.toString().stripTrailing()).toList());
    while (!seen.isEmpty() && seen.getLast().isEmpty()) {
      seen.removeLast();
    }
    return seen;
  }

  public void write(String text) {
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == '\u001b') {
        at = escape(text, at + 2);
      } else if (letter == '\n') {
        down();
      } else if (letter == '\r') {
        column = 0;
      } else {
        put(letter);
      }
    }
  }

  private int escape(String text, int from) {
    int end = from;
    while (!Character.isLetter(text.charAt(end))) {
      end++;
    }
    String number = text.substring(from, end);
    switch (text.charAt(end)) {
      case 'C' -> column += Integer.parseInt(number);
      case 'A' -> row -= Integer.parseInt(number);
      case 'K' -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
      case 'J' -> clear(number);
      case 'H' -> row = 0;
      case 'l', 'h', 'm' -> {}
      default -> throw new IllegalArgumentException("not understood: " + text.charAt(end));
    }
    if (row < 0) {
      throw new IllegalStateException("above the glass");
    }
    return end;
  }

  private void clear(String number) {
    int from = number.equals("2") ? 0 : row;
    while (lines.size() > from + 1) {
      lines.removeLast();
    }
    lines.get(from).setLength(number.equals("2") ? 0 : Math.min(column, lines.get(from).length()));
    row = Math.min(row, lines.size() - 1);
  }

  private void down() {
    row++;
    column = 0;
    if (row == lines.size()) {
      lines.add(new StringBuilder());
    }
    if (lines.size() > rows) {
      lines.removeFirst();
      row--;
    }
  }

  private void put(char letter) {
    if (column >= columns) {
      down();
    }
    StringBuilder line = lines.get(row);
    while (line.length() <= column) {
      line.append(' ');
    }
    line.setCharAt(column++, letter);
  }
}
