package io.salvor.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Spawn.LaunchNote;
import io.salvor.domain.backup.Admission;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The bytes of a record are its identity: whatever changes them breaks every chain that was ever
/// written. A kind that must change gets a new version; the file is never edited, only added to.
final class GoldenRecordsTest {
  private static final StoreIdentity STORE =
      new StoreIdentity(UUID.fromString("0190b6f0-0000-7000-8000-00000000beef"), 1);
  private static final TaskId TASK = HandMade.task(1);
  private static final AttemptRef ATTEMPT = new AttemptRef(TASK, 1, 3);
  private static final Workspace WORKSPACE =
      new Workspace("/work/project-TASK-0001", "task/TASK-0001", "b".repeat(40));

  @Test
  void the_bytes_of_a_record_never_change() throws IOException {
    Chain.Linked linked = Chain.START.link(STORE, history());
    var seen = new StringBuilder();
    for (StoredRecord record : linked.records()) {
      seen.append(record.readHeader().getKind()).append('\n');
      seen.append("  header ").append(hex(record.header())).append('\n');
      seen.append("  body   ").append(hex(record.body())).append('\n');
      seen.append("  id     ").append(hex(record.id())).append('\n');
    }
    try (var golden = GoldenRecordsTest.class.getResourceAsStream("golden-records.txt")) {
      String expected = golden == null ? "" : new String(golden.readAllBytes(), UTF_8);
      assertThat(seen.toString()).isEqualTo(expected);
    }
  }

  private static List<Decision> history() {
    var hand = new HandMade();
    return List.of(
        hand.create(TASK, Optional.of(new Request(HandMade.ANN, "CreateTask", "r-1", "cafe"))),
        hand.decide(
            TASK,
            new TaskFact.Dispatched(Start.asked(StartMode.FRESH)),
            new TaskFact.Claimed(ATTEMPT, StartMode.FRESH)),
        hand.decide(
            TASK,
            new TaskFact.WorkspaceReady(ATTEMPT, WORKSPACE, true),
            new TaskFact.SpawnIntended(ATTEMPT)),
        hand.decide(TASK, spawned()),
        hand.decide(
            TASK,
            new TaskFact.Observed(
                ATTEMPT,
                0,
                120,
                new AgentEvent.ToolReturned(
                    new ByteRange(20, 100), "call-1", true, "d".repeat(64), "Grüße"))),
        hand.decide(TASK, new TaskFact.StopIntended(ATTEMPT, StopCause.EXITED, new Next.Judge())),
        hand.decide(TASK, ended(), new TaskFact.Failed(failure())),
        hand.decide(
            Optional.of(new Request(HandMade.ANN, "FreezeInstance", "r-2", "beef")),
            new InstanceFact.Frozen(Freeze.Level.HARD, "zu heiß")),
        hand.decide(Optional.empty(), new InstanceFact.Unfrozen("")),
        hand.decide(Optional.empty(), new InstanceFact.SettingsAccepted("/prö j", "a".repeat(64))),
        hand.decide(Optional.empty(), new InstanceFact.SettingsRevoked("/prö j")),
        hand.decide(Optional.empty(), new InstanceFact.BackupBegun(Occasion.SCHEDULE)),
        hand.decide(Optional.empty(), new InstanceFact.BackupVerified("20260301-1", 17)),
        hand.decide(
            Optional.empty(),
            new InstanceFact.BackupFailed(Optional.of(Admission.Reason.SHORTER), "kürzer")),
        hand.decide(Optional.empty(), new InstanceFact.Restored("20260301-1", 18, 20)));
  }

  private static TaskFact spawned() {
    return new TaskFact.Spawned(
        ATTEMPT,
        new ProcessIdentity(4711, 123_456, "boot", "marker"),
        new LaunchNote(List.of("true"), List.of("PATH"), List.of("SECRET"), "endpoint"),
        new Now(Instant.parse("2026-03-01T09:00:01.000000001Z"), Duration.ofMillis(1_500), "boot"));
  }

  private static TaskFact ended() {
    return new TaskFact.AttemptEnded(
        ATTEMPT,
        true,
        failure(),
        Optional.of(
            new Evidence(new Exit.Status(1, false), false, true, 120, false, ShimStop.NONE, 0)),
        new WorkspaceSummary(true, Optional.of("c".repeat(40)), 1, 2, Optional.empty()),
        Instant.parse("2026-03-01T09:05:00Z"));
  }

  private static Ending failure() {
    return new Ending(
        Ending.Codepath.STREAM_EOF_FALLBACK, Ending.Reason.SUBPROCESS_EXITED_NONZERO, "exit 1");
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
