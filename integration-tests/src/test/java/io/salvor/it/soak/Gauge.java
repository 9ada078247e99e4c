package io.salvor.it.soak;

/// What is measured again and again.
enum Gauge {
  THREADS("threads of the server", 4, 1.1),
  DESCRIPTORS("descriptors of the server", 8, 1.1),
  HEAP_KIB("live objects on the heap at least, KiB", 4_096, 1.1),
  RESIDENT_KIB("resident memory, KiB", 24_576, 1.2),
  DEAD_CHILDREN("dead children of the server", 1, 1.0),
  PROCESSES("processes of attempts beyond those of open tasks", 1, 1.0),
  TEMPORARY_FILES("temporary files", 3, 1.1),
  WORKTREES("worktrees beyond those of open tasks", 4, 1.0),
  ATTEMPT_FOLDERS("folders of attempts that are over", Double.POSITIVE_INFINITY, 1.0),
  STORE_KIB("store, KiB", Double.POSITIVE_INFINITY, 1.0);

  private final String title;
  private final double slack;
  private final double factor;

  /// @param slack how much more the last third may have than the first one; without a bound for
  ///   what grows by design
  /// @param factor and so many times as much
  Gauge(String title, double slack, double factor) {
    this.title = title;
    this.slack = slack;
    this.factor = factor;
  }

  String title() {
    return title;
  }

  boolean growsByDesign() {
    return Double.isInfinite(slack);
  }

  /// Whether the least of a third is compared: what a backup or a merge holds on the heap while it
  /// lasts comes and goes, and a leak lifts what is there always.
  boolean isByLeast() {
    return this == HEAP_KIB;
  }

  /// Whether this is no leak.
  boolean holds(double firstThird, double lastThird) {
    return lastThird <= firstThird * factor + slack;
  }
}
