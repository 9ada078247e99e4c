package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.START;
import static io.salvor.domain.task.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.id.DisplayId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFoldTest {

  @Test
  void the_fold_of_what_was_written_is_what_was_decided() {
    for (Examples.Example example : Examples.all()) {
      Task folded = null;
      for (Recorded recorded : example.story().log()) {
        folded = TaskFold.evolve(folded, recorded);
      }
      assertThat(folded).isEqualTo(example.story().task());
    }
  }

  @Test
  void every_transition_folds_to_what_was_decided() {
    for (Examples.Example example : Examples.all()) {
      for (Stimuli.Stimulus stimulus : Stimuli.all()) {
        if (Lifecycle.outcome(example, stimulus).orElse(null)
            instanceof Outcome.Accepted(var task, var facts)) {
          Task folded = example.story().task();
          for (Recorded recorded : facts) {
            folded = TaskFold.evolve(folded, recorded);
          }
          assertThat(folded).isEqualTo(task);
        }
      }
    }
  }

  @Test
  void a_thread_begins_with_its_creation() {
    assertThatThrownBy(() -> TaskFold.evolve(null, recorded(new TaskFact.Commented("hm"))))
        .isInstanceOf(IllegalStateException.class);
    var created = new TaskFact.Created(new DisplayId(1), Samples.spec(), List.of());
    assertThatThrownBy(() -> TaskFold.evolve(TaskStory.added().task(), recorded(created)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_fact_that_does_not_fit_is_a_bug() {
    Task ready = TaskStory.added().task();
    Task running = TaskStory.running().task();
    var ref = running.attempt().orElseThrow().ref();
    for (TaskFact fact :
        List.of(
            new TaskFact.Claimed(ref, StartMode.FRESH),
            new TaskFact.WorkspaceReady(ref, Samples.WORKSPACE, true),
            new TaskFact.Observed(ref, 0, 10, Samples.said(0)),
            new TaskFact.StopIntended(ref, StopCause.EXITED, new Next.Judge()),
            new TaskFact.Approved(Samples.HEAD, ""),
            new TaskFact.MergeIntended(Samples.HEAD, "main"),
            new TaskFact.Merged(Samples.HEAD),
            new TaskFact.DependencyMet(id(2)))) {
      assertThatThrownBy(() -> TaskFold.evolve(ready, recorded(fact)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("does not fit TASK-0001 in READY");
    }
  }

  @Test
  void only_a_change_of_state_makes_observations_stale() {
    TaskStory story = TaskStory.running();
    long since = story.task().since();
    story.output(Samples.said(0)).ask(new TaskCommand.Comment(id(1), "hm"));
    assertThat(story.task().since()).isEqualTo(since);
    assertThat(story.see(new Observation.Finding.Exited()).task().since()).isGreaterThan(since);
  }

  private static Recorded recorded(TaskFact fact) {
    return new Recorded(id(1), 99, ANN, START.wall(), fact);
  }
}
