package io.salvor.server.grpc;

/// How many of something, in words.
final class Counted {
  private Counted() {}

  /// `1 commit`, `2 commits`.
  static String of(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }
}
