package io.salvor.server.grpc;

import static io.salvor.domain.task.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.admission.Hold;
import io.salvor.domain.admission.Scope;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.task.Meter;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskStory;
import io.salvor.domain.workspace.MergeOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a state means to a person, where it hangs on more than the task.
final class SentencesTest {
  private final Map<TaskId, Task> tasks = new TreeMap<>();
  private Optional<Hold> hold = Optional.empty();
  private final Sentences sentences =
      new Sentences(_ -> hold, id -> Optional.ofNullable(tasks.get(id)));

  @Test
  void what_waits_for_others_says_where_each_of_them_stands() {
    tasks.put(id(2), TaskStory.running().task());
    tasks.put(id(3), cancelled());
    Task waiting = TaskStory.added(Samples.specWaitingFor(id(2), id(3), id(4))).task();
    assertThat(sentences.waitsFor(waiting).orElseThrow().getWhat())
        .isEqualTo(
            "TASK-0001 (RUNNING), TASK-0001 (CANCELLED: never) and " + id(4) + " to be merged");
    assertThat(sentences.waitsFor(waiting).orElseThrow().getTasksList())
        .containsExactly("tasks/" + id(2), "tasks/" + id(3), "tasks/" + id(4));
    assertThat(sentences.detail(waiting)).startsWith("waits for TASK-0001 (RUNNING)");
  }

  @Test
  void what_waits_in_vain_is_told_how_not_to() {
    tasks.put(id(2), cancelled());
    tasks.put(id(3), TaskStory.running().task());
    Task waiting = TaskStory.added(Samples.specWaitingFor(id(2), id(3))).task();
    assertThat(sentences.nextCommand(waiting))
        .isEqualTo("salvor task edit --depends-on \"TASK-0001\" TASK-0001");
  }

  @Test
  void what_waits_for_a_person_s_word_on_another_task_names_that() {
    tasks.put(id(2), TaskStory.inReview().task());
    Task waiting = TaskStory.added(Samples.specWaitingFor(id(2))).task();
    assertThat(sentences.nextCommand(waiting)).isEqualTo("salvor task show TASK-0001");
    tasks.put(id(2), TaskStory.running().task());
    assertThat(sentences.nextCommand(waiting)).isEmpty();
  }

  @Test
  void a_target_that_is_gone_is_to_be_replaced_and_not_merged_into_again() {
    Task refused =
        TaskStory.inReview()
            .approve(Samples.BOB)
            .merge()
            .see(new Finding.MergeTried(MergeOutcome.Gone.branch("main")))
            .task();
    assertThat(sentences.nextCommand(refused))
        .isEqualTo("salvor task edit --into BRANCH TASK-0001");
  }

  /// Not a resumption that would fail in the same way.
  @Test
  void what_failed_is_told_what_the_recovery_matrix_advises() {
    Task failed = TaskStory.finished(Samples.lastWord(0, Verdict.MODEL_UNAVAILABLE)).task();
    assertThat(sentences.nextCommand(failed))
        .isEqualTo(
            "salvor task edit --model NAME TASK-0001 && salvor task dispatch --resume TASK-0001")
        .isEqualTo(Remedies.command(failed, Remedies.of(failed).orElseThrow()));
  }

  @Test
  void what_is_queued_says_why_it_is_given_no_slot() {
    Task queued = TaskStory.addedAndDispatched(Samples.spec()).task();
    assertThat(sentences.detail(queued)).isEqualTo("waits for a slot");
    assertThat(sentences.nextCommand(queued)).isEqualTo("salvor task watch TASK-0001");
    hold =
        Optional.of(
            new Hold.Frozen(
                new Freeze(Freeze.Level.SOFT, Samples.ANN, Samples.START.wall(), "too hot")));
    assertThat(sentences.detail(queued))
        .isEqualTo("waits for the end of the freeze by user:ann: too hot");
    assertThat(sentences.nextCommand(queued)).isEqualTo("salvor unfreeze");
  }

  @Test
  void what_is_held_by_a_day_says_until_when() {
    Task queued = TaskStory.addedAndDispatched(Samples.spec()).task();
    Instant midnight = Instant.parse("2026-03-02T00:00:00Z");
    hold =
        Optional.of(
            new Hold.DaySpent(new Scope.All(), Meter.COST, 10_020_000, 10_000_000, midnight));
    assertThat(sentences.detail(queued))
        .isEqualTo(
            "waits for tomorrow: $10.02 of $10.00 that all tasks may use in a day are used up");
    assertThat(sentences.waitsFor(queued).orElseThrow().getUntilTime().getSeconds())
        .isEqualTo(midnight.getEpochSecond());
  }

  @ParameterizedTest
  @MethodSource("holds")
  void every_hold_says_what_is_waited_for(Hold held, String what, String command) {
    Task queued = TaskStory.addedAndDispatched(Samples.spec()).task();
    hold = Optional.of(held);
    assertThat(sentences.detail(queued)).isEqualTo("waits for " + what);
    assertThat(sentences.nextCommand(queued)).isEqualTo(command);
  }

  static List<Arguments> holds() {
    String watch = "salvor task watch TASK-0001";
    return List.of(
        Arguments.of(new Hold.Closing(), "the next server: this one is about to stop", watch),
        Arguments.of(new Hold.NoSlot(new Scope.All(), 4), "a slot", watch),
        Arguments.of(
            new Hold.NoSlot(new Scope.OfAgent("claude"), 2),
            "a slot of the agent claude, which has 2",
            watch),
        Arguments.of(
            new Hold.NoSlot(new Scope.OfProject("/p"), 1),
            "a slot of its project, which has 1",
            watch),
        Arguments.of(
            new Hold.NoMemory(),
            "memory: there is so little that attempts begin one at a time, and one is open",
            watch),
        Arguments.of(
            new Hold.AllSpent("/p", Meter.TOKENS, 2_000, 1_000),
            "a higher limit of its project in config.toml: 2,000 tokens of 1,000 tokens are used"
                + " up",
            "salvor restart"));
  }

  private static Task cancelled() {
    return TaskStory.added().ask(new TaskCommand.Cancel(id(1), "no")).task();
  }
}
