package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.HEAD;
import static io.salvor.domain.task.Samples.NEWER_HEAD;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.lastWord;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// On which commits gates are known to pass: what is merged elsewhere is checked before (Z20).
final class PastAttemptTest {
  private static PastAttempt succeeded(TaskStory story) {
    PastAttempt last = story.task().attempts().getLast();
    assertThat(last.ending().success()).isTrue();
    return last;
  }

  private static TaskStory saying(AgentEvent... events) {
    return TaskStory.running(Samples.specFor(Samples.CLAUDE, Limits.DEFAULT, List.of("make check")))
        .output(events)
        .see(new Finding.Exited());
  }

  private static TaskStory leaving(WorkspaceSummary left) {
    return saying(lastWord(0, Verdict.SUCCESS)).see(new Finding.Gone(exited(0), left));
  }

  @Test
  void gates_that_passed_did_so_on_the_commit_that_the_attempt_left_Z20() {
    TaskStory story = leaving(Samples.clean()).see(new Finding.GatesRan(Optional.empty()));
    assertThat(succeeded(story).passedOn(HEAD)).isTrue();
    assertThat(succeeded(story).passedOn(NEWER_HEAD)).isFalse();
  }

  @Test
  void gates_that_failed_or_had_loose_files_beside_the_commit_passed_on_none_Z20() {
    TaskStory failed = leaving(Samples.clean());
    failed.see(new Finding.GatesRan(Optional.of("make check")));
    assertThat(succeeded(failed).passedOn(HEAD)).isFalse();
    TaskStory loose = leaving(Samples.dirty()).see(new Finding.GatesRan(Optional.empty()));
    assertThat(succeeded(loose).passedOn(HEAD)).isFalse();
  }

  @Test
  void no_gate_ran_where_the_agent_asked_to_be_started_again_Z20() {
    TaskStory story =
        saying(new AgentEvent.ReloadAsked(Samples.line(0)), lastWord(10, Verdict.SUCCESS))
            .see(Samples.gone(exited(0)));
    assertThat(story.task().kind()).isEqualTo(Kind.QUEUED);
    assertThat(succeeded(story).passedOn(HEAD)).isFalse();
  }

  @Test
  void no_gate_ran_where_the_workspace_stood_elsewhere_Z20() {
    TaskStory story = leaving(Samples.clean().standing(Optional.of("refs/heads/own")));
    assertThat(story.task().kind()).isEqualTo(Kind.FAILED);
    assertThat(succeeded(story).passedOn(HEAD)).isFalse();
  }
}
