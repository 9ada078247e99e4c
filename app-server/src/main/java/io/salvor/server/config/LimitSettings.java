package io.salvor.server.config;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A table of limits; what it leaves out is as it was.
///
/// @param cost in the file as `usd`
/// @param outputBytes in the file as `output`
public record LimitSettings(
    Optional<Duration> deadline,
    Optional<Duration> silence,
    Optional<Duration> firstEvent,
    Optional<Duration> resultGrace,
    Optional<MicroUsd> cost,
    Optional<Long> tokens,
    Optional<Long> turns,
    Optional<Long> outputBytes) {
  static final List<String> KEYS =
      List.of(
          "deadline", "silence", "first_event", "result_grace", "usd", "tokens", "turns", "output");

  /// None.
  static final LimitSettings NONE =
      new LimitSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  static LimitSettings ofFirstEvent(Duration limit) {
    return new LimitSettings(
        NONE.deadline,
        NONE.silence,
        Optional.of(limit),
        NONE.resultGrace,
        NONE.cost,
        NONE.tokens,
        NONE.turns,
        NONE.outputBytes);
  }

  static LimitSettings of(Settings table) {
    return new LimitSettings(
        table.duration("deadline"),
        table.duration("silence"),
        table.duration("first_event"),
        table.duration("result_grace"),
        table.money("usd"),
        table.count("tokens", Limits.MOST),
        table.count("turns", Limits.MOST_TURNS),
        table.bytes("output"));
  }

  /// These, and where they leave something out, those of `base`.
  LimitSettings over(LimitSettings base) {
    return new LimitSettings(
        deadline.or(base::deadline),
        silence.or(base::silence),
        firstEvent.or(base::firstEvent),
        resultGrace.or(base::resultGrace),
        cost.or(base::cost),
        tokens.or(base::tokens),
        turns.or(base::turns),
        outputBytes.or(base::outputBytes));
  }

  /// The limits that follow from those that are usual.
  Limits over(Limits usual) {
    return new Limits(
        deadline.orElse(usual.deadline()),
        silence.orElse(usual.silence()),
        firstEvent.orElse(usual.firstEvent()),
        resultGrace.orElse(usual.resultGrace()),
        cost.or(usual::cost),
        tokens.isPresent() ? OptionalLong.of(tokens.get()) : usual.tokens(),
        turns.isPresent() ? OptionalInt.of(turns.get().intValue()) : usual.turns(),
        outputBytes.orElse(usual.outputBytes()));
  }
}
