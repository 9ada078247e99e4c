package io.salvor.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.cli.session.Failure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ServerEndTest {
  /// As the server has it: `Server.MOST_TO_END`.
  private static final Duration ALLOWED = Duration.ofSeconds(60);

  @Test
  void a_server_is_given_longer_than_it_allows_itself() {
    assertThat(ServerEnd.PATIENCE).isGreaterThan(ALLOWED);
  }

  @Test
  void after_a_server_that_does_not_end_it_is_told_how_to_go_on() throws Exception {
    Process process = new ProcessBuilder("sh", "-c", "read -r _").start();
    try {
      assertThatThrownBy(
              () -> ServerEnd.await(process.pid(), Optional.of(Duration.ZERO), "salvor serve"))
          .isInstanceOfSatisfying(
              Failure.class,
              failure ->
                  assertThat(failure.hint())
                      .isEqualTo("kill " + process.pid() + ", then salvor serve"));
    } finally {
      process.destroyForcibly();
    }
  }
}
