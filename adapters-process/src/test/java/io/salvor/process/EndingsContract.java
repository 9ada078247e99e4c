package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.TaskStory;
import io.salvor.process.LabBench.Run;
import io.salvor.process.lab.RealAgent;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.process.lab.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The table of endings for one agent CLI: what became of the CLI itself, as the real deciders
/// judge it (Z5, Z20). Skipped, with a message, where it is not installed.
@Tag("real-agent")
@Timeout(180)
abstract class EndingsContract {
  private static final int SIGINT = 2;

  @TempDir private Path directory;
  private final RealAgent cli;

  EndingsContract(RealAgent cli) {
    this.cli = cli;
  }

  /// What becomes of an agent.
  enum Fate {
    CLEAN,
    TOOL_DENIED,
    HTTP_401,
    HTTP_429,
    HTTP_529,
    SIGTERM,
    SIGINT,
    SIGKILL,
    HANG,
    UNKNOWN_SESSION,
    LINE_OF_600_MB,
    INVALID_UTF_8
  }

  /// The ending that follows, as `codepath × reason`.
  abstract String ending(Fate fate);

  /// All endings that may follow: more than one where the program itself goes one way or another.
  Set<String> endings(Fate fate) {
    return Set.of(ending(fate));
  }

  @BeforeEach
  void isInstalled() {
    assertThat(cli.orSkip()).isExecutable();
  }

  @ParameterizedTest
  @EnumSource(Fate.class)
  void each_fate_has_its_ending_Z20(Fate fate) throws Exception {
    assumeFalse(
        fate == Fate.SIGINT && IgnoredSignals.here().has(SIGINT),
        "interrupts are ignored here, as in jobs in the background, and by all that is started");
    try (ScriptedModel model = new ScriptedModel(script(fate))) {
      LabBench bench = new LabBench(directory, cli, model);
      LaunchOrder order = order(bench, fate);
      Run run =
          switch (fate) {
            case SIGTERM, SIGINT, SIGKILL, HANG -> inFlight(bench, model, order, fate);
            default -> bench.run(order);
          };

      Ending ending = judged(run, order.agent(), fate);
      assertThat(ending.codepath().label() + " × " + ending.reason().label())
          .as("%s: %s", ending.detail(), run.heard().events())
          .isIn(endings(fate));
      if (fate == Fate.LINE_OF_600_MB || fate == Fate.INVALID_UTF_8) {
        assertThat(run.heard().events()).anyMatch(AgentEvent.Unreadable.class::isInstance);
      }
    }
  }

  /// What it may not do under the read profile; by default, to change a file.
  Turn denied() {
    return Turn.run("echo no > no.txt");
  }

  private List<Turn> script(Fate fate) {
    Turn work = Turn.run("echo work > work.txt && git add . && git commit -qm work");
    return switch (fate) {
      case TOOL_DENIED -> List.of(denied(), Turn.say("All done."));
      case CLEAN, UNKNOWN_SESSION, LINE_OF_600_MB, INVALID_UTF_8 ->
          List.of(work, Turn.say("All done."));
      case HTTP_401 -> List.of(Turn.fail(401));
      case HTTP_429 -> List.of(Turn.fail(429));
      case HTTP_529 -> List.of(Turn.fail(529));
      case SIGTERM, SIGINT, SIGKILL, HANG -> List.of(work, Turn.hang());
    };
  }

  private LaunchOrder order(LabBench bench, Fate fate) {
    PermissionProfile profile =
        fate == Fate.TOOL_DENIED ? PermissionProfile.READ : PermissionProfile.EDIT;
    Agent usual = bench.agent(profile);
    return switch (fate) {
      case UNKNOWN_SESSION -> bench.order(usual, Optional.of(unknownSession()));
      case LINE_OF_600_MB ->
          bench.order(
              after("head -c 600000000 /dev/zero | tr '\\0' x; echo", bench, usual),
              Optional.empty());
      case INVALID_UTF_8 ->
          bench.order(after("printf '\\377\\376 \\303\\050\\n'", bench, usual), Optional.empty());
      default -> bench.order(usual, Optional.empty());
    };
  }

  /// The id of a session that never was, in the form that the agent gives its own.
  String unknownSession() {
    return UUID.randomUUID().toString();
  }

  /// The agent behind something that is printed first.
  private static Agent after(String printing, LabBench bench, Agent usual) {
    return bench.agent(
        usual.profile(),
        List.of("sh", "-c", printing + "; exec \"$0\" \"$@\"", usual.command().getFirst()),
        usual.model());
  }

  /// While the model owes an answer.
  private static Run inFlight(LabBench bench, ScriptedModel model, LaunchOrder order, Fate fate)
      throws InterruptedException, IOException {
    Spawn.Started started = bench.start(order);
    Heard heard = new Heard(0);
    model.awaitHanging();
    if (fate != Fate.HANG) {
      new ProcessBuilder(
              "kill", "-" + fate.name().substring(3), Long.toString(started.process().pid()))
          .start()
          .waitFor();
      bench.watch(order, started.process(), heard);
    }
    return bench.end(order, started, heard);
  }

  private static Ending judged(Run run, Agent agent, Fate fate) {
    TaskStory story = TaskStory.running(Samples.specFor(agent, Limits.DEFAULT, List.of()));
    if (!run.heard().events().isEmpty()) {
      story.output(new OutputBatch(0, run.heard().until(), run.heard().events()));
    }
    return story
        .see(fate == Fate.HANG ? new Finding.LimitReached(StopCause.SILENCE) : new Finding.Exited())
        .see(Samples.gone(run.evidence()))
        .task()
        .attempts()
        .getLast()
        .ending();
  }
}
