package io.salvor.git;

/// What the rest of the program does not see any more when a process is killed.
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash(String after) {
    super("killed after " + after, null, false, false);
  }

  /// Steps that die right after the `number`th one.
  static Steps after(int number) {
    int[] left = {number};
    return step -> {
      left[0]--;
      if (left[0] == 0) {
        throw new Crash(step);
      }
    };
  }
}
