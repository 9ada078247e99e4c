package io.salvor.domain.task;

/// What a limit over all attempts of a task counts.
public enum Meter {
  /// Money, in millionths of a US dollar.
  COST,
  /// Input and output tokens together.
  TOKENS;

  /// Whether so much of a limit is used up: the exact part, rounded up to a whole unit, in whole
  /// numbers that cannot overflow.
  ///
  /// @param percent from 1 to 100
  public static boolean isUsedUp(long spent, int percent, long limit) {
    long hundredths = limit / 100 * percent;
    long rest = limit % 100 * percent;
    return spent >= hundredths + (rest + 99) / 100;
  }
}
