package io.salvor.cli.screen;

/// What is written to a terminal to make one line of a picture into another, with the cursor at its
/// beginning: only what lies between their equal ends.
final class LineChange {
  private static final char ESCAPE = '\u001b';
  private static final String PLAIN = ESCAPE + "[0m";
  private static final String REST_OF_LINE = ESCAPE + "[K";

  private LineChange() {}

  static String between(String shown, String wanted) {
    int begin = commonBegin(shown, wanted);
    int end = commonEnd(shown, wanted, begin);
    String before = wanted.substring(0, begin);
    String change = wanted.substring(begin, wanted.length() - end);
    String changed = shown.substring(begin, shown.length() - end);
    if (Cells.width(change) != Cells.width(changed) || !endsPlain(before + change)) {
      change = wanted.substring(begin) + REST_OF_LINE;
    }
    int columns = Cells.width(before);
    return (columns > 0 ? ESCAPE + "[" + columns + "C" : "") + change;
  }

  /// Where a blank in plain colour stands before the first difference: no letter and no change of
  /// colour is cut in two there.
  private static int commonBegin(String shown, String wanted) {
    int most = Math.min(shown.length(), wanted.length());
    int same = 0;
    while (same < most && shown.charAt(same) == wanted.charAt(same)) {
      same++;
    }
    int begin = wanted.lastIndexOf(' ', same - 1) + 1;
    return begin > 0 && endsPlain(wanted.substring(0, begin)) ? begin : 0;
  }

  /// From a blank on, counted from the end.
  private static int commonEnd(String shown, String wanted, int begin) {
    int most = Math.min(shown.length(), wanted.length()) - begin;
    int same = 0;
    while (same < most
        && shown.charAt(shown.length() - 1 - same) == wanted.charAt(wanted.length() - 1 - same)) {
      same++;
    }
    int blank = wanted.indexOf(' ', wanted.length() - same);
    return blank < 0 ? 0 : wanted.length() - blank;
  }

  private static boolean endsPlain(String text) {
    int colour = text.lastIndexOf(ESCAPE);
    return colour < 0 || text.startsWith(PLAIN, colour);
  }
}
