package io.salvor.server.grpc;

import com.google.protobuf.util.Durations;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.server.errors.Errors;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Limits as requests say them, each within what a limit may be: nothing can be computed with what
/// is beyond, and the log would keep it for ever.
final class WantedLimits {
  private WantedLimits() {}

  /// What is wanted, over what is usual.
  static Limits over(io.salvor.v1.Limits wanted, Limits usual) {
    return new Limits(
        wanted.hasDeadline() ? time("deadline", wanted.getDeadline()) : usual.deadline(),
        wanted.hasSilence() ? time("silence", wanted.getSilence()) : usual.silence(),
        wanted.hasFirstEvent() ? time("first_event", wanted.getFirstEvent()) : usual.firstEvent(),
        wanted.hasResultGrace()
            ? time("result_grace", wanted.getResultGrace())
            : usual.resultGrace(),
        wanted.hasCostMicroUsd() ? Optional.of(money(wanted.getCostMicroUsd())) : usual.cost(),
        wanted.hasTokens()
            ? OptionalLong.of(count("tokens", wanted.getTokens(), Limits.MOST))
            : usual.tokens(),
        wanted.hasTurns()
            ? OptionalInt.of((int) count("turns", wanted.getTurns(), Limits.MOST_TURNS))
            : usual.turns(),
        wanted.hasOutputBytes()
            ? count("output_bytes", wanted.getOutputBytes(), Limits.MOST)
            : usual.outputBytes());
  }

  /// A budget.
  static MicroUsd money(long micros) {
    if (micros <= 0 || micros > Limits.MOST) {
      throw invalid(
          "cost_micro_usd",
          "a budget is more than nothing and at most $" + new MicroUsd(Limits.MOST).dollars());
    }
    return new MicroUsd(micros);
  }

  private static long count(String field, long wanted, long most) {
    if (wanted <= 0 || wanted > most) {
      throw invalid(field, "this limit is from 1 to " + most);
    }
    return wanted;
  }

  private static Duration time(String field, com.google.protobuf.Duration wanted) {
    Duration time =
        Durations.isValid(wanted)
            ? Duration.ofSeconds(wanted.getSeconds(), wanted.getNanos())
            : Duration.ZERO;
    if (!time.isPositive() || time.compareTo(Limits.LONGEST) > 0) {
      throw invalid(
          field,
          "a limit of time is more than nothing and at most 10 years, "
              + Limits.LONGEST.toDays()
              + "d");
    }
    return time;
  }

  private static RuntimeException invalid(String field, String description) {
    return Errors.invalid("task.limits." + field, description);
  }
}
