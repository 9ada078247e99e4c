package io.salvor.cli.screen;

import io.salvor.cli.session.Surroundings;
import java.util.Optional;

/// How large a terminal is, in characters.
public record Size(int columns, int rows) {
  private static final int USUAL_COLUMNS = 80;
  private static final int USUAL_ROWS = 24;
  private static final int LEAST_COLUMNS = 20;
  private static final int LEAST_ROWS = 3;

  public Size {
    columns = Math.max(LEAST_COLUMNS, columns);
    rows = Math.max(LEAST_ROWS, rows);
  }

  /// As it is now: what `COLUMNS` and `LINES` say, else what the terminal says, else 80 × 24.
  public static Size now(Surroundings here) {
    Optional<Integer> columns = said(here, "COLUMNS");
    Optional<Integer> rows = said(here, "LINES");
    Optional<Size> told =
        columns.isPresent() && rows.isPresent() ? Optional.empty() : WindowSize.ask();
    return new Size(
        columns.or(() -> told.map(Size::columns)).orElse(USUAL_COLUMNS),
        rows.or(() -> told.map(Size::rows)).orElse(USUAL_ROWS));
  }

  private static Optional<Integer> said(Surroundings here, String variable) {
    return here.variable(variable).filter(it -> it.matches("[1-9]\\d{0,3}")).map(Integer::valueOf);
  }
}
