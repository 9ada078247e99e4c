package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Stimuli.Stimulus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What a refusal advises can be done.
final class HintsTest {
  private static final TaskCommand DONE =
      new TaskCommand.Done(id(1), "by hand", false, Samples.clean());

  @Test
  void a_pause_is_advised_only_where_a_pause_is_taken() {
    var advised = new ArrayList<TaskState.Kind>();
    for (Examples.Example example : Examples.all()) {
      for (Stimulus command : Stimuli.commands()) {
        Outcome outcome = Lifecycle.outcome(example, command).orElseThrow();
        if (outcome instanceof Outcome.Refused(var refusal)
            && refusal.hint().equals("salvor task pause TASK-0001")) {
          advised.add(example.kind());
          assertThat(example.story().asking(ANN, new TaskCommand.Pause(id(1), "")))
              .as("%s in %s (%s)", command.name(), example.kind(), example.condition())
              .isInstanceOf(Outcome.Accepted.class);
        }
      }
    }
    assertThat(advised).contains(TaskState.Kind.RUNNING, TaskState.Kind.QUEUED);
  }

  @Test
  void gates_that_run_are_waited_for() {
    for (TaskCommand command : List.of(DONE, new TaskCommand.Reset(id(1), "", Samples.clean()))) {
      assertThat(Examples.verified().refusal(ANN, command).hint())
          .isEqualTo("salvor task watch TASK-0001");
    }
  }

  @Test
  void what_waits_for_others_can_be_declared_done_once_it_waits_for_none() {
    TaskStory waits = TaskStory.added().waitFor(id(2));
    assertThat(waits.refusal(ANN, DONE).hint())
        .isEqualTo("salvor task edit --depends-on \"\" TASK-0001");
    assertThat(waits.edit(new Change.DependsOn(List.of())).asking(ANN, DONE))
        .isInstanceOf(Outcome.Accepted.class);

    TaskStory wanted = TaskStory.added().waitFor(id(2)).dispatch();
    assertThat(wanted.refusal(ANN, DONE).hint())
        .isEqualTo("salvor task edit --depends-on \"\" TASK-0001 && salvor task pause TASK-0001");
    wanted.edit(new Change.DependsOn(List.of())).ask(new TaskCommand.Pause(id(1), ""));
    assertThat(wanted.asking(ANN, DONE)).isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void what_is_approved_can_be_declared_done_anew_once_it_is_reopened() {
    TaskStory story = TaskStory.inReview().approve(Samples.BOB);
    assertThat(story.refusal(ANN, DONE).hint()).isEqualTo("salvor task reopen TASK-0001");
    assertThat(story.ask(new TaskCommand.Reopen(id(1), "")).asking(ANN, DONE))
        .isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void more_money_is_advised_with_the_command_that_lacked_it_Z22() {
    TaskStory paused = Examples.spent().see(Samples.gone(Samples.stoppedAt(10)));
    assertThat(paused.refusal(ANN, new TaskCommand.Resume(id(1), Optional.empty())).hint())
        .isEqualTo("salvor task resume --budget USD TASK-0001");
    assertThat(paused.refusal(ANN, dispatch(StartMode.RESUME, Optional.empty())).hint())
        .isEqualTo("salvor task dispatch --resume --budget USD TASK-0001");

    TaskStory putBack =
        paused
            .ask(new TaskCommand.Reset(id(1), "", Samples.clean()))
            .see(new Finding.PutBack(Optional.empty()));
    assertThat(putBack.refusal(ANN, dispatch(StartMode.FRESH, Optional.empty())).hint())
        .isEqualTo("salvor task dispatch --budget USD TASK-0001");
    assertThat(putBack.asking(ANN, dispatch(StartMode.FRESH, Optional.of(9.0))))
        .isInstanceOf(Outcome.Accepted.class);
  }

  @Test
  void a_retry_and_an_answer_are_advised_with_all_that_they_lack_Z22() {
    TaskStory rejected =
        TaskStory.finished(Samples.costs(0, 1.0), Samples.lastWord(10, Verdict.SUCCESS))
            .ask(Samples.BOB, new TaskCommand.Reject(id(1), "no"))
            .edit(new Change.Cost(Optional.of(usd(1))), new Change.Tokens(OptionalLong.of(150)));
    var afresh = new TaskCommand.Retry(id(1), "", true, Optional.empty(), List.of());
    assertThat(rejected.refusal(ANN, afresh).hint())
        .isEqualTo("salvor task retry --fresh --budget USD --tokens NUMBER TASK-0001");

    TaskStory asked =
        TaskStory.running()
            .output(Samples.costs(0, 1.0))
            .output(new AgentEvent.Asked(Samples.line(10), "Which one?"))
            .see(Samples.gone(Samples.stoppedAt(20)))
            .edit(new Change.Tokens(OptionalLong.of(150)));
    assertThat(asked.refusal(ANN, new TaskCommand.Answer(id(1), "this", Optional.empty())).hint())
        .isEqualTo(
            "salvor task edit --tokens NUMBER TASK-0001 && salvor task answer TASK-0001 TEXT");
  }

  private static TaskCommand dispatch(StartMode mode, Optional<Double> dollars) {
    return new TaskCommand.Dispatch(id(1), mode, dollars.map(Samples::usd));
  }
}
