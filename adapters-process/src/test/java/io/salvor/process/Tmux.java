package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A window as a person has it before them, or not.
record Tmux(Path socket) {

  /// Skips a test where there is no tmux.
  static void isThere() {
    assumeTrue(
        LaunchChecks.find("tmux", Path.of("/"), System.getenv()).isPresent(),
        "there is no tmux on the PATH: apt-get install tmux");
  }

  /// What it says.
  String say(String... words) throws IOException, InterruptedException {
    Process process = start(words);
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  /// What the window shows.
  String shown() throws IOException, InterruptedException {
    return say("capture-pane", "-p");
  }

  /// Whether it is open.
  boolean open() throws IOException, InterruptedException {
    Process process = start("has-session");
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  private Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
    command.addAll(List.of(words));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
