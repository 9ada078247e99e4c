package io.salvor.cli.task;

import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.cli.text.Durations;
import io.salvor.cli.text.Numbers;
import io.salvor.v1.Limits;
import java.time.Duration;

/// What may be said of the limits of a task's attempts, beside its money.
final class LimitOptions {
  final Word<Duration> timeout;
  final Word<Duration> silence;
  final Word<Duration> firstEvent;
  final Word<Integer> turns;
  final Word<Long> tokens;

  LimitOptions(Words words) {
    timeout =
        words.option("--timeout", "TIME", Durations::parse, "what an attempt may take: 30m, 1h30m");
    silence =
        words.option(
            "--silence", "TIME", Durations::parse, "how long an attempt may show no progress");
    firstEvent =
        words.option(
            "--first-event",
            "TIME",
            Durations::parse,
            "how long an attempt may take to its first word");
    turns =
        words.option(
            "--turns", "NUMBER", Numbers::count, "turns of the model that an attempt may take");
    tokens =
        words.option(
            "--tokens",
            "NUMBER",
            text -> Numbers.from(1, text),
            "tokens that all its attempts may use together");
  }

  /// What was said, as a message.
  Limits message() {
    var limits = Limits.newBuilder();
    timeout.said().ifPresent(it -> limits.setDeadline(duration(it)));
    silence.said().ifPresent(it -> limits.setSilence(duration(it)));
    firstEvent.said().ifPresent(it -> limits.setFirstEvent(duration(it)));
    turns.said().ifPresent(limits::setTurns);
    tokens.said().ifPresent(limits::setTokens);
    return limits.build();
  }

  static com.google.protobuf.Duration duration(Duration time) {
    return com.google.protobuf.Duration.newBuilder().setSeconds(time.toSeconds()).build();
  }
}
