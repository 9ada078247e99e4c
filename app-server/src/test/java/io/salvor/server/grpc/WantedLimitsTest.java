package io.salvor.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a request may say of limits: nothing that could not be computed with.
final class WantedLimitsTest {
  private static final long MOST = Limits.MOST;

  private static final io.salvor.v1.Limits NOTHING = io.salvor.v1.Limits.getDefaultInstance();

  /// Something that cannot be meant, and the most that could be.
  record Bad(io.salvor.v1.Limits wanted, String most) {}

  static List<Bad> bad() {
    String years = "10 years, 3650d";
    return List.of(
        bad(limits().setDeadline(seconds(9_999_999L * 86_400)), years),
        bad(limits().setDeadline(seconds(3_650L * 86_400 + 1)), years),
        bad(limits().setSilence(seconds(1_000_000_000_000L)), years),
        bad(limits().setFirstEvent(seconds(Long.MAX_VALUE)), years),
        bad(
            limits().setFirstEvent(seconds(Long.MAX_VALUE).toBuilder().setNanos(-1).build()),
            years),
        bad(limits().setResultGrace(seconds(0)), years),
        bad(limits().setResultGrace(seconds(-1)), years),
        bad(limits().setTurns(Integer.MAX_VALUE), "from 1 to 1000000"),
        bad(limits().setTurns(0), "from 1 to 1000000"),
        bad(limits().setTokens(MOST + 1), "from 1 to 1000000000000000"),
        bad(limits().setTokens(-1), "from 1 to 1000000000000000"),
        bad(limits().setOutputBytes(Long.MAX_VALUE), "from 1 to 1000000000000000"),
        bad(limits().setCostMicroUsd(Long.MAX_VALUE), "at most $1000000000.00"),
        bad(limits().setCostMicroUsd(0), "at most $1000000000.00"));
  }

  private static io.salvor.v1.Limits.Builder limits() {
    return NOTHING.toBuilder();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static Bad bad(io.salvor.v1.Limits.Builder wanted, String most) {
    return new Bad(wanted.build(), most);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void what_cannot_be_meant_is_refused_with_the_most_that_can(Bad bad) {
    assertThatThrownBy(() -> WantedLimits.over(bad.wanted(), Limits.DEFAULT))
        .satisfies(refused -> {
          Status status = Status.fromThrowable(refused);
          assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
          assertThat(status.getDescription()).contains(bad.most());
        });
  }

  @Test
  void the_most_of_everything_is_taken() {
    Limits limits =
        WantedLimits.over(
            limits()
                .setDeadline(Durations.fromDays(3_650))
                .setTurns(1_000_000)
                .setTokens(MOST)
                .setCostMicroUsd(MOST)
                .build(),
            Limits.DEFAULT);
    assertThat(limits.deadline()).isEqualTo(Limits.LONGEST);
    assertThat(limits.silence()).isEqualTo(Limits.DEFAULT.silence());
    assertThat(limits.turns()).hasValue(1_000_000);
    assertThat(limits.tokens()).hasValue(MOST);
    assertThat(limits.cost()).contains(new MicroUsd(MOST));
  }
}
