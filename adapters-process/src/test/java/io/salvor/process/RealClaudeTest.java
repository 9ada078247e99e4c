package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Claude Code itself in a linked worktree, against a scripted endpoint. Skipped where it is not
/// installed: on the PATH, in `~/agents` (`npm i --prefix ~/agents @anthropic-ai/claude-code`), or
/// named by `SALVOR_TEST_CLAUDE`.
@Tag("real-agent")
@Timeout(120)
final class RealClaudeTest {
  private static final String COMMIT = "echo hi > a.txt && git add a.txt && git commit -qm 'add a'";

  @TempDir private Path directory;
  private Bench bench;
  private Path claude;
  private Path worktree;

  @BeforeEach
  void makeWorktree() throws Exception {
    Optional<Path> found = find();
    assumeTrue(found.isPresent(), "skipped: no Claude Code is installed here");
    claude = found.orElseThrow();
    bench = new Bench(directory);
    worktree = directory.resolve("project-TASK-0042");
    Path project = Files.createDirectory(directory.resolve("project"));
    git(project, "init", "-q");
    git(project, "config", "user.email", "test@example.org");
    git(project, "config", "user.name", "test");
    git(project, "commit", "-q", "--allow-empty", "-m", "base");
    git(project, "worktree", "add", "-q", worktree.toString(), "-b", "task/TASK-0042");
  }

  @Test
  void under_the_edit_profile_it_edits_runs_and_commits_unasked() throws Exception {
    try (ScriptedModel model = new ScriptedModel(COMMIT)) {
      Run run = run(model, PermissionProfile.EDIT);

      assertThat(run.heard.events().getLast()).isInstanceOf(AgentEvent.Terminal.class);
      AgentEvent.Terminal last = (AgentEvent.Terminal) run.heard.events().getLast();
      assertThat(last.verdict()).isEqualTo(AgentEvent.Verdict.SUCCESS);
      assertThat(last.deniedTools()).isEmpty();
      assertThat(run.evidence.exit()).isEqualTo(new Exit.Status(0, true));
      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
      AgentEvent.Used used =
          (AgentEvent.Used) run.heard.events().get(run.heard.events().size() - 2);
      assertThat(used.total().source()).isEqualTo(CostSource.RESULT);
      assertThat(used.total().tokens()).isEqualTo(2_100);
      assertThat(run.started.note().endpoint()).isEqualTo(model.url().substring(7));
    }
  }

  @Test
  void under_the_read_profile_it_changes_nothing() throws Exception {
    try (ScriptedModel model = new ScriptedModel(COMMIT)) {
      Run run = run(model, PermissionProfile.READ);

      assertThat(run.heard.events().getLast()).isInstanceOf(AgentEvent.Terminal.class);
      assertThat(git(worktree, "status", "--porcelain")).isEmpty();
      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("base\n");
    }
  }

  @Test
  void under_the_full_profile_it_runs_whoever_it_runs_as() throws Exception {
    try (ScriptedModel model = new ScriptedModel(COMMIT)) {
      run(model, PermissionProfile.FULL);

      assertThat(git(worktree, "log", "--format=%s")).isEqualTo("add a\nbase\n");
    }
  }

  private record Run(Spawn.Started started, Heard heard, Evidence evidence) {}

  private Run run(ScriptedModel model, PermissionProfile profile) throws Exception {
    bench.serverEnvironment.clear();
    bench.serverEnvironment.putAll(
        Map.of(
            "PATH",
            System.getenv("PATH"),
            "HOME",
            Files.createDirectory(directory.resolve("user")).toString(),
            "ANTHROPIC_BASE_URL",
            model.url(),
            "ANTHROPIC_API_KEY",
            "fake-key-for-a-scripted-model",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
            "1",
            "CLAUDECODE",
            "1"));
    AgentProcesses processes = bench.processes();
    LaunchOrder order = order(profile);
    Spawn spawn = processes.spawn(order);
    assertThat(spawn).isInstanceOf(Spawn.Started.class);
    Spawn.Started started = (Spawn.Started) spawn;
    Heard heard = Bench.watched(processes, order, started.process());
    return new Run(started, heard, Bench.ended(processes, order, heard));
  }

  private LaunchOrder order(PermissionProfile profile) {
    return new LaunchOrder(
        new AttemptRef(new TaskId(UUID.randomUUID()), 1, 7),
        new DisplayId(42),
        new Agent("claude", Protocol.CLAUDE, profile, List.of(claude.toString()), Optional.empty()),
        worktree.toString(),
        directory.resolve("project").toString(),
        "Do it.",
        Optional.empty(),
        Limits.DEFAULT);
  }

  private static Optional<Path> find() {
    String named = System.getenv("SALVOR_TEST_CLAUDE");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    Stream<Path> onPath =
        Arrays.stream(System.getenv("PATH").split(":", -1)).map(it -> Path.of(it, "claude"));
    Path agents = Path.of(System.getProperty("user.home"), "agents/node_modules/.bin/claude");
    return Stream.concat(onPath, Stream.of(agents)).filter(Files::isExecutable).findFirst();
  }

  private static String git(Path directory, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("git");
    builder.command().addAll(List.of(arguments));
    builder.directory(directory.toFile()).redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
