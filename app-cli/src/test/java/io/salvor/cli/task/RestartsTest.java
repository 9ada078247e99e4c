package io.salvor.cli.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.v1.Attempt;
import io.salvor.v1.Ending;
import io.salvor.v1.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RestartsTest {
  private final Restarts restarts = new Restarts(4, Restarts.USUAL_WAITS);

  private static Task failed(String reason) {
    return in(Task.State.FAILED, reason, true);
  }

  private static Task in(Task.State state, String reason, boolean started) {
    return Task.newBuilder()
        .setState(state)
        .addAttempts(
            Attempt.newBuilder()
                .setAgentStarted(started)
                .setEnding(Ending.newBuilder().setReason(reason)))
        .build();
  }

  @Test
  void the_ladder_is_5_10_and_30_seconds_and_then_ends() {
    for (int seconds : new int[] {5, 10, 30, 30}) {
      assertThat(restarts.next(failed("killed_by_signal"))).contains(Duration.ofSeconds(seconds));
      restarts.begun();
    }
    assertThat(restarts.next(failed("killed_by_signal"))).isEmpty();
    assertThat(restarts.done()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = Task.State.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FAILED", "UNRECOGNIZED"})
  void nothing_but_a_failure_is_started_again(Task.State state) {
    assertThat(restarts.next(in(state, "killed_by_signal", true))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"provider_auth", "permission_denied", "spawn_failed", "gates_failed"})
  void what_would_only_come_again_is_not_started_again(String reason) {
    assertThat(restarts.next(failed(reason))).isEmpty();
  }

  @Test
  void what_never_ran_is_not_started_again() {
    assertThat(restarts.next(in(Task.State.FAILED, "cancelled", false))).isEmpty();
    assertThat(restarts.next(Task.newBuilder().setState(Task.State.FAILED).build())).isEmpty();
  }

  @Test
  void other_waits_may_be_said() {
    assertThat(Restarts.waitsOf("1s, 2m"))
        .containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(2));
    assertThatThrownBy(() -> Restarts.waitsOf("soon")).isInstanceOf(IllegalArgumentException.class);
  }
}
