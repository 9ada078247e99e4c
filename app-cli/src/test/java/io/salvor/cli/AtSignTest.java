package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A word that begins with an at sign is a word as any other: what lies in the file that it names
/// may be a secret, and is not put into the log.
final class AtSignTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
    server.on(TaskServiceGrpc.getCreateTaskMethod(), _ -> Samples.task(Task.State.READY));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Task added(String... command) {
    List<String> words = new ArrayList<>(List.of("task", "add", "Fetch it", "--agent", "command"));
    words.addAll(List.of("--project", "/shop", "--"));
    words.addAll(List.of(command));
    var result = cli.run(words.toArray(String[]::new));
    assertThat(result.exit()).as(result.err()).isZero();
    return server.asked(CreateTaskRequest.class).getLast().getTask();
  }

  @Test
  void a_file_named_with_an_at_sign_is_not_read() throws IOException {
    Path token = Files.writeString(directory.resolve("token.txt"), "Bearer s3cret");
    assertThat(added("curl", "-H", "@" + token).getAgent().getCommandList())
        .containsExactly("curl", "-H", "@" + token);
  }

  @Test
  void a_directory_named_with_an_at_sign_is_a_word() {
    assertThat(added("sync", "@" + directory).getAgent().getCommandList())
        .containsExactly("sync", "@" + directory);
  }

  @Test
  void no_at_sign_is_lost() {
    assertThat(added("npm", "view", "@@scope/pkg").getAgent().getCommandList())
        .containsExactly("npm", "view", "@@scope/pkg");
  }

  @Test
  void before_the_command_it_is_a_word_too() throws IOException {
    Path brief = Files.writeString(directory.resolve("brief.md"), "--dispatch");
    var result = cli.run("task", "add", "@" + brief, "--project", "/shop", "--agent", "claude");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(server.asked(CreateTaskRequest.class).getLast().getTask().getTitle())
        .isEqualTo("@" + brief);
  }
}
