package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.WorkspaceCommands;
import io.salvor.domain.workspace.WorkspaceCommandsContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The port's contract, and what is true of Linux only.
@Timeout(60)
final class LinuxWorkspaceCommandsTest extends WorkspaceCommandsContract {
  private static final Duration LONG = Duration.ofSeconds(50);

  private static final long MOST_OUTPUT = 8L << 20;

  @TempDir private Path directory;
  private Path workspace;
  private final String instance = UUID.randomUUID().toString();

  @BeforeEach
  void makeWorkspace() throws IOException {
    workspace = Files.createDirectory(directory.resolve("workspace"));
  }

  @Override
  protected LinuxWorkspaceCommands commands() {
    Map<String, String> server =
        Map.of("PATH", System.getenv("PATH"), "MY_TOKEN", "super-secret-value", "OTHER", "x");
    return new LinuxWorkspaceCommands(
        directory.resolve("home"),
        instance,
        new AgentEnvironment(server, List.of("MY_*")),
        MOST_OUTPUT);
  }

  @Override
  protected String workspace() {
    return workspace.toString();
  }

  @Test
  void who_holds_the_shell_lock_is_in_the_workspace_and_no_longer() throws Exception {
    TaskId task = new TaskId(UUID.randomUUID());
    assertThat(commands().shellIn(task)).isEmpty();
    Path lock = Path.of(commands().shellLock(task));
    Files.createDirectories(lock.getParent());
    Process person =
        new ProcessBuilder("flock", "-s", lock.toString(), "sh", "-c", "echo in; read -r _")
            .start();
    assertThat(person.getInputStream().read()).isEqualTo('i');
    assertThat(commands().shellIn(task).orElseThrow()).contains("process " + person.pid());
    person.getOutputStream().close();
    person.waitFor();
    assertThat(commands().shellIn(task)).isEmpty();
  }

  @Test
  void a_command_sees_only_what_it_is_given_and_its_secrets_are_not_told_Z18() throws Exception {
    var result =
        commands().run(attempt(), workspace(), "echo $MY_TOKEN,$OTHER,$SALVOR_INSTANCE", LONG);

    assertThat(result)
        .isEqualTo(
            new WorkspaceCommands.CommandResult.Exited(
                0, "[redacted:MY_TOKEN],," + instance + "\n"));
  }

  @Test
  void of_much_output_the_last_8_KiB_are_told_Z10() throws Exception {
    var result = commands().run(attempt(), workspace(), "yes ü | head -c 3000001; echo end", LONG);

    assertThat(result).isInstanceOf(WorkspaceCommands.CommandResult.Exited.class);
    String tail = ((WorkspaceCommands.CommandResult.Exited) result).outputTail();
    assertThat(tail).endsWith("end\n");
    assertThat(tail.getBytes(StandardCharsets.UTF_8).length).isBetween(8 * 1024 - 4, 8 * 1024);
  }

  @Test
  void a_command_that_writes_more_than_it_may_is_ended_Z10() throws Exception {
    var result = commands().run(attempt(), workspace(), "echo $$ >pid; exec yes", LONG);

    assertThat(result).isInstanceOf(WorkspaceCommands.CommandResult.TooMuchOutput.class);
    long pid = Long.parseLong(Files.readString(workspace.resolve("pid")).strip());
    assertThat(ProcessEntry.of(pid).filter(ProcessEntry::alive)).isEmpty();
  }

  @Test
  void what_a_command_leaves_running_is_ended_with_it_Z6() throws Exception {
    commands()
        .run(attempt(), workspace(), "setsid sleep 600 & echo $! > pid; sleep 600 & exit 0", LONG);

    long pid = Long.parseLong(Files.readString(workspace.resolve("pid")).strip());
    assertThat(ProcessEntry.of(pid).filter(ProcessEntry::alive)).isEmpty();
  }

  @Test
  void what_a_killed_server_left_running_is_ended_by_the_next_one_Z6() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("setsid", "sh", "-c", "echo up; read _");
    builder.environment().put("SALVOR_INSTANCE", instance);
    Process stray = builder.start();
    assertThat(stray.inputReader().readLine()).isEqualTo("up");

    int ended = commands().endLeftovers();

    assertThat(stray.waitFor()).isEqualTo(128 + 15);
    assertThat(ended).isEqualTo(1);
  }
}
