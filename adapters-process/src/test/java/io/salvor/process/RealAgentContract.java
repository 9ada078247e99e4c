package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.ScriptedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What every agent CLI does when it is called as its protocol says: the CLI itself, in a linked
/// worktree, against a scripted model. Skipped, with a message, where it is not installed.
@Tag("real-agent")
@Timeout(120)
abstract class RealAgentContract {
  static final String COMMIT = "echo hi > a.txt && git add a.txt && git commit -qm 'add a'";

  @TempDir Path directory;
  private final RealAgent cli;
  Path program = Path.of("");
  Path worktree = Path.of("");

  RealAgentContract(RealAgent cli) {
    this.cli = cli;
  }

  /// What two turns of the scripted model come to.
  abstract Usage twoTurns();

  @BeforeEach
  void makeWorktree() throws Exception {
    program = cli.orSkip();
    worktree = linkedWorktree(directory);
  }

  static Path linkedWorktree(Path directory) throws Exception {
    Path worktree = directory.resolve("project-TASK-0042");
    Path project = Files.createDirectory(directory.resolve("project"));
    git(project, "init", "-q", "-b", "main");
    git(project, "config", "user.email", "test@example.org");
    git(project, "config", "user.name", "test");
    git(project, "commit", "-q", "--allow-empty", "-m", "base");
    git(project, "worktree", "add", "-q", worktree.toString(), "-b", "task/TASK-0042");
    return worktree;
  }

  @Test
  void under_the_edit_profile_it_edits_runs_and_commits_unasked() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      Run run = run(model, PermissionProfile.EDIT, Optional.empty());

      AgentEvent.Terminal last = run.lastWord();
      assertThat(last.verdict()).isEqualTo(AgentEvent.Verdict.SUCCESS);
      assertThat(last.deniedTools()).isEmpty();
      assertThat(last.text()).isEqualTo("All done.");
      assertThat(run.evidence.exit()).isEqualTo(new Exit.Status(0, true));
      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
      assertThat(run.usage()).isEqualTo(twoTurns());
      assertThat(run.only(AgentEvent.ToolCalled.class)).hasSize(1);
      assertThat(run.only(AgentEvent.ToolReturned.class)).hasSize(1);
    }
  }

  @Test
  void under_the_read_profile_it_changes_nothing() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      Run run = run(model, PermissionProfile.READ, Optional.empty());

      assertThat(run.heard.events().getLast()).isInstanceOf(AgentEvent.Terminal.class);
      assertThat(git(worktree, "status", "--porcelain")).isEmpty();
      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("base\n");
    }
  }

  @Test
  void under_the_full_profile_it_runs_whoever_it_runs_as() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      run(model, PermissionProfile.FULL, Optional.empty());

      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
    }
  }

  @Test
  void it_goes_on_with_the_session_that_it_named() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      String session = run(model, PermissionProfile.EDIT, Optional.empty()).session();

      Run resumed = run(model, PermissionProfile.EDIT, Optional.of(session));

      assertThat(resumed.session()).isEqualTo(session);
      assertThat(resumed.lastWord().verdict()).isEqualTo(AgentEvent.Verdict.SUCCESS);
    }
  }

  @Test
  void a_session_that_it_does_not_know_is_no_success_Z23() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      Run run = run(model, PermissionProfile.EDIT, Optional.of(UUID.randomUUID().toString()));

      assertThat(run.evidence.exit()).isNotEqualTo(new Exit.Status(0, true));
      assertThat(run.only(AgentEvent.Terminal.class))
          .allMatch(last -> last.verdict() != AgentEvent.Verdict.SUCCESS);
      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("base\n");
    }
  }

  /// One run, from its start to the proof of its end.
  record Run(Spawn.Started started, Heard heard, Evidence evidence) {
    <T extends AgentEvent> List<T> only(Class<T> kind) {
      return heard.events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    AgentEvent.Terminal lastWord() {
      return only(AgentEvent.Terminal.class).getLast();
    }

    Usage usage() {
      return only(AgentEvent.Used.class).getLast().total();
    }

    String session() {
      return only(AgentEvent.SessionStarted.class).getLast().sessionId();
    }
  }

  Run run(ScriptedModel model, PermissionProfile profile, Optional<String> session)
      throws Exception {
    return run(
        model,
        new LaunchOrder(
            new AttemptRef(new TaskId(UUID.randomUUID()), 1, 7),
            new DisplayId(42),
            agent(profile, cli.model()),
            worktree.toString(),
            worktree.resolveSibling("project").toString(),
            "Do it.",
            session,
            Limits.DEFAULT));
  }

  Agent agent(PermissionProfile profile, Optional<String> model) {
    return new Agent(cli.name(), cli.protocol(), profile, List.of(program.toString()), model);
  }

  Run run(ScriptedModel model, LaunchOrder order) throws Exception {
    Bench bench = new Bench(directory);
    bench.serverEnvironment.clear();
    bench.serverEnvironment.putAll(
        cli.environment(Files.createDirectories(directory.resolve("user")), model));
    AgentProcesses processes = bench.processes();
    Spawn spawn = processes.spawn(order);
    assertThat(spawn).isInstanceOf(Spawn.Started.class);
    Spawn.Started started = (Spawn.Started) spawn;
    Heard heard = Bench.watched(processes, order, started.process());
    return new Run(started, heard, Bench.ended(processes, order, heard));
  }

  static String git(Path directory, String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git");
    builder.command().addAll(List.of(arguments));
    builder.directory(directory.toFile()).redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
