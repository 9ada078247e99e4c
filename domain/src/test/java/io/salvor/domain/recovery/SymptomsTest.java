package io.salvor.domain.recovery;

import static io.salvor.domain.task.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Filing;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.task.TaskStory;
import io.salvor.domain.workspace.WorkspaceSummary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is seen of an attempt that is over, before the matrix judges it.
final class SymptomsTest {
  private static Symptoms after(TaskSpec spec, int calls, boolean session, WorkspaceSummary left) {
    TaskStory story = TaskStory.running(spec);
    if (session) {
      story.output(new AgentEvent.SessionStarted(line(0), "s-1", Optional.empty()));
    }
    for (int i = 0; i < calls; i++) {
      story.output(Samples.called(i), Samples.returned(i));
    }
    story.see(new Finding.Exited()).see(new Finding.Gone(Samples.exited(1), left));
    return Symptoms.of(story.task());
  }

  private static TaskSpec spec(String domain) {
    Optional<String> filed = domain.isEmpty() ? Optional.empty() : Optional.of(domain);
    return Samples.spec()
        .withFiling(new Filing(Priority.MEDIUM, List.of(), filed))
        .withRecovery(new Recovery(Recovery.Mode.ADVISE, 0, 0, 0));
  }

  private static WorkspaceSummary left(int commits, int files) {
    return new WorkspaceSummary(true, Optional.of(Samples.HEAD), commits, files, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    // tool calls, commits, uncommitted files, whether that is much ado about nothing
    "30, 0, 0, true",
    "31, 0, 0, true",
    "29, 0, 0, false",
    "30, 1, 0, false",
    "30, 0, 1, false",
  })
  void much_was_done_and_nothing_is_left(int calls, int commits, int files, boolean spiralled) {
    assertThat(after(spec(""), calls, false, left(commits, files)).spiralled())
        .isEqualTo(spiralled);
  }

  @ParameterizedTest
  @CsvSource({"true, 1, true", "true, 0, false", "false, 1, false"})
  void a_session_counts_where_something_was_done_in_it(boolean session, int calls, boolean counts) {
    assertThat(after(spec(""), calls, session, left(0, 0)).session()).isEqualTo(counts);
  }

  @ParameterizedTest
  @CsvSource({"research, true", "docs, true", "payments, false", "'', false"})
  void long_thinking_is_the_work_in_some_fields(String domain, boolean reading) {
    assertThat(after(spec(domain), 0, false, left(0, 0)).reading()).isEqualTo(reading);
  }

  @Test
  void what_the_task_failed_of_outweighs_how_its_agent_ended() {
    TaskStory story =
        TaskStory.running(spec(""))
            .see(new Finding.Exited())
            .see(new Finding.GoneUnread(Samples.exited(1), "the disk is gone"));
    assertThat(story.task().attempts().getLast().ending().reason())
        .isEqualTo(Reason.SUBPROCESS_EXITED_NONZERO);
    assertThat(Symptoms.of(story.task()).reason()).isEqualTo(Reason.WORKSPACE_FAILED);
  }
}
