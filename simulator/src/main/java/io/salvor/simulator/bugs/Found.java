package io.salvor.simulator.bugs;

/// What came of looking for a bug.
///
/// @param by who found it, and what was said; empty where nobody did
/// @param stories told until then
record Found(Bug bug, String by, long stories) {
  boolean isFound() {
    return !by.isEmpty();
  }

  /// A line of the table.
  String row() {
    return "| "
        + bug.name()
        + " | "
        + bug.what()
        + " | "
        + bug.guards()
        + " | "
        + (isFound() ? shown(by) : "**nobody**")
        + " | "
        + (bug.test().isPresent() ? "-" : "%,d".formatted(stories))
        + " |";
  }

  /// The oracle that spoke, without the particulars.
  private static String shown(String said) {
    String line = said.lines().findFirst().orElse("");
    return line.substring(0, Math.min(line.length(), 110)).replace("|", "/");
  }
}
