package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class AttachTest {
  @TempDir Path directory;

  @Test
  @Timeout(20)
  void where_there_is_no_server_it_is_said_at_once() {
    var result = new Cli(directory).realTime().run("task", "attach", "1");
    assertThat(result.exit()).isEqualTo(8);
    assertThat(result.err()).contains("no server answers").contains("try: salvor serve");
  }
}
