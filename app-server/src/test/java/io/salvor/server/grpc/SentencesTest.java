package io.salvor.server.grpc;

import static io.salvor.domain.task.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskStory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What a state means to a person, where it hangs on more than the task.
final class SentencesTest {
  private final Map<TaskId, Task> tasks = new TreeMap<>();
  private Instance instance = Instance.NEW;
  private final Sentences sentences =
      new Sentences(() -> instance, id -> Optional.ofNullable(tasks.get(id)));

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
  void what_is_queued_says_why_it_is_given_no_slot() {
    Task queued = TaskStory.addedAndDispatched(Samples.spec()).task();
    assertThat(sentences.detail(queued)).isEqualTo("waits for a slot");
    assertThat(sentences.nextCommand(queued)).isEqualTo("salvor task watch TASK-0001");
    instance =
        Instance.NEW.after(
            new InstanceFact.Frozen(Freeze.Level.SOFT, "too hot"),
            Samples.ANN,
            Samples.START.wall());
    assertThat(sentences.detail(queued))
        .isEqualTo("waits for the end of the freeze by user:ann: too hot");
    assertThat(sentences.nextCommand(queued)).isEqualTo("salvor unfreeze");
  }

  private static Task cancelled() {
    return TaskStory.added().ask(new TaskCommand.Cancel(id(1), "no")).task();
  }
}
