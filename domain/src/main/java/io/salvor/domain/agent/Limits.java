package io.salvor.domain.agent;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What one attempt may use. Each has its own reason when it ends an attempt.
///
/// Nobody may set more than [#LONGEST], [#MOST_TURNS] and [#MOST], nor does it become more by
/// itself: twice as much can still be computed. Records of older versions may hold more.
///
/// @param deadline wall-clock time from spawn, charged on the monotonic clock
/// @param silence time without any output that is progress
/// @param firstEvent time from spawn to the first output
/// @param resultGrace time that a process may live on after its terminal event
/// @param cost money over all attempts of the task
/// @param tokens input and output together, over all attempts of the task
/// @param turns model turns of one attempt
/// @param outputBytes what one attempt may write to its two streams
public record Limits(
    Duration deadline,
    Duration silence,
    Duration firstEvent,
    Duration resultGrace,
    Optional<MicroUsd> cost,
    OptionalLong tokens,
    OptionalInt turns,
    long outputBytes) {

  /// 1 GiB.
  public static final long DEFAULT_OUTPUT_BYTES = 1L << 30;

  /// The most that a limit of time may be: ten years.
  public static final Duration LONGEST = Duration.ofDays(3_650);

  /// The most that a limit of turns may be.
  public static final int MOST_TURNS = 1_000_000;

  /// The most that a limit of tokens, of bytes, or of money in micro-USD may be.
  public static final long MOST = 1_000_000_000_000_000L;

  /// 60 min, 10 min, 2 min, 30 s, $5.00, 1 GiB.
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofMinutes(60),
          Duration.ofMinutes(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(30),
          Optional.of(new MicroUsd(5_000_000)),
          OptionalLong.empty(),
          OptionalInt.empty(),
          DEFAULT_OUTPUT_BYTES);

  /// With the usual limit of output.
  public Limits(
      Duration deadline,
      Duration silence,
      Duration firstEvent,
      Duration resultGrace,
      Optional<MicroUsd> cost,
      OptionalLong tokens,
      OptionalInt turns) {
    this(deadline, silence, firstEvent, resultGrace, cost, tokens, turns, DEFAULT_OUTPUT_BYTES);
  }

  /// The same with another deadline.
  public Limits withDeadline(Duration changed) {
    return new Limits(changed, silence, firstEvent, resultGrace, cost, tokens, turns, outputBytes);
  }

  /// The same with another limit of silence.
  public Limits withSilence(Duration changed) {
    return new Limits(deadline, changed, firstEvent, resultGrace, cost, tokens, turns, outputBytes);
  }

  /// The same with another limit to the first output.
  public Limits withFirstEvent(Duration changed) {
    return new Limits(deadline, silence, changed, resultGrace, cost, tokens, turns, outputBytes);
  }

  /// The same with another time after the last word.
  public Limits withResultGrace(Duration changed) {
    return new Limits(deadline, silence, firstEvent, changed, cost, tokens, turns, outputBytes);
  }

  /// The same with another limit of money.
  public Limits withCost(Optional<MicroUsd> changed) {
    return new Limits(
        deadline, silence, firstEvent, resultGrace, changed, tokens, turns, outputBytes);
  }

  /// The same with another limit of tokens.
  public Limits withTokens(OptionalLong changed) {
    return new Limits(
        deadline, silence, firstEvent, resultGrace, cost, changed, turns, outputBytes);
  }

  /// The same with another limit of turns.
  public Limits withTurns(OptionalInt changed) {
    return new Limits(
        deadline, silence, firstEvent, resultGrace, cost, tokens, changed, outputBytes);
  }

  /// The same with another limit of output.
  public Limits withOutputBytes(long changed) {
    return new Limits(deadline, silence, firstEvent, resultGrace, cost, tokens, turns, changed);
  }
}
