package io.salvor.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.cli.Cli;
import io.salvor.cli.FakeServer;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PatienceTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path directory;

  @Test
  void silence_is_borne_for_long_only_where_the_server_works_in_silence() throws Exception {
    var cli = new Cli(directory);
    try (var _ = FakeServer.inHome(cli.home());
        var context = cli.context();
        var quiet =
            context
                .api()
                .quietStream(
                    TaskServiceGrpc.getDiffTaskMethod(),
                    DiffTaskRequest.getDefaultInstance(),
                    LONG);
        var usual =
            context.api().stream(
                TaskServiceGrpc.getWatchTaskMethod(),
                WatchTaskRequest.getDefaultInstance(),
                LONG)) {
      assertThat(quiet.patience()).isEqualTo(LONG);
      assertThat(usual.patience()).isLessThan(Duration.ofMinutes(1));
    }
  }
}
