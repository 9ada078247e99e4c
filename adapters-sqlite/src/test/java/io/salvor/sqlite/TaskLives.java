package io.salvor.sqlite;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn.LaunchNote;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.HandMade;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Ending;
import io.salvor.domain.task.Next;
import io.salvor.domain.task.Start;
import io.salvor.domain.task.StartMode;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.time.Now;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the log sees when many short tasks are worked off, so many of them at a time: nine
/// decisions, twelve records and one request for each task.
final class TaskLives {
  private static final Now AT =
      new Now(Instant.parse("2026-03-01T10:00:00Z"), Duration.ofHours(1), "boot");
  private static final String HEAD = "c".repeat(40);
  private static final int STEPS = 9;

  private final HandMade hand = new HandMade();

  /// Decisions of `tasks` tasks, of which `atOnce` live at a time.
  List<Decision> decisions(int tasks, int atOnce) {
    int apart = Math.max(1, atOnce / STEPS);
    var decisions = new ArrayList<Decision>();
    for (int step = 0; step < tasks + STEPS * apart; step++) {
      for (int age = 0; age < STEPS; age++) {
        int task = step - age * apart;
        if (task >= 0 && task < tasks) {
          decisions.add(step(HandMade.task(task), age));
        }
      }
    }
    return decisions;
  }

  private Decision step(TaskId task, int age) {
    return switch (age) {
      case 0 -> hand.create(task, Optional.of(request(task)));
      case 1 ->
          hand.decide(
              task,
              new TaskFact.Dispatched(Start.asked(StartMode.FRESH)),
              new TaskFact.Claimed(new AttemptRef(task, 1, hand.lastSeq() + 2), StartMode.FRESH));
      case 2 ->
          hand.decide(
              task,
              new TaskFact.WorkspaceReady(
                  attempt(task),
                  new Workspace("/work/project-" + task, "task/" + task, "b".repeat(40)),
                  true),
              new TaskFact.SpawnIntended(attempt(task)));
      case 3 -> hand.decide(task, spawned(task));
      case 4, 5 -> hand.decide(task, said(task, age));
      case 6 ->
          hand.decide(
              task, new TaskFact.StopIntended(attempt(task), StopCause.EXITED, new Next.Judge()));
      case 7 -> hand.decide(task, ended(task), new TaskFact.ReviewAsked(HEAD, List.of(), "done"));
      default -> hand.decide(task, new TaskFact.Rejected(HEAD, "not needed"));
    };
  }

  private static Request request(TaskId task) {
    return new Request(HandMade.ANN, "CreateTask", task.toString(), "f".repeat(64));
  }

  private AttemptRef attempt(TaskId task) {
    return hand.thread(task).task().attempt().orElseThrow().ref();
  }

  private TaskFact spawned(TaskId task) {
    return new TaskFact.Spawned(
        attempt(task),
        new ProcessIdentity(42, 4_200, "boot", "marker"),
        new LaunchNote(List.of("true"), List.of("PATH", "HOME"), List.of(), ""),
        AT);
  }

  private TaskFact said(TaskId task, int age) {
    var at = new ByteRange(age * 100L, 100);
    return new TaskFact.Observed(
        attempt(task), at.offset(), at.end(), new AgentEvent.Said(at, "working on it"));
  }

  private TaskFact ended(TaskId task) {
    return new TaskFact.AttemptEnded(
        attempt(task),
        true,
        new Ending(Ending.Codepath.STREAM_EOF_FALLBACK, Ending.Reason.SUCCESS, "exit 0"),
        Optional.of(
            new Evidence(new Exit.Status(0, false), false, true, 600, false, ShimStop.NONE, 0)),
        new WorkspaceSummary(true, Optional.of(HEAD), 1, 0, Optional.empty()),
        AT.wall());
  }
}
