package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.workspace.MergeOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether an attempt goes on in the agent's own session.
final class ResumingTest {
  private static final AgentEvent SESSION =
      new AgentEvent.SessionStarted(Samples.line(0), "s-1", Optional.empty());

  private static TaskStory saidAndLeft(TaskStory story, AgentEvent... events) {
    return story.output(SESSION).output(events).see(new Finding.Exited()).see(gone(exited(1)));
  }

  private static TaskStory resumed(TaskStory story) {
    return claimed(story).see(Samples.preparedReady()).see(Samples.spawned());
  }

  private static TaskStory claimed(TaskStory story) {
    return story.dispatchResume().claim();
  }

  private static Optional<String> session(TaskStory story) {
    return Resuming.session(story.task(), story.task().attempt().orElseThrow());
  }

  @Test
  void an_attempt_that_goes_on_has_the_session_of_the_one_before() {
    assertThat(session(claimed(saidAndLeft(TaskStory.running())))).contains("s-1");
  }

  @Test
  void an_attempt_that_begins_afresh_has_none() {
    TaskStory story = saidAndLeft(TaskStory.running());
    story.ask(new TaskCommand.Reopen(Samples.id(1), "again")).dispatch().claim();
    assertThat(session(story)).isEmpty();
  }

  @Test
  void another_agent_cannot_go_on_in_it() {
    TaskStory story = saidAndLeft(TaskStory.running());
    story.edit(new Change.Worker(Samples.COMMAND));
    assertThat(session(claimed(story))).isEmpty();
  }

  @Test
  void where_no_agent_ever_started_there_is_none() {
    TaskStory story =
        TaskStory.added()
            .ask(new TaskCommand.Done(Samples.id(1), "by hand", false, Samples.clean()))
            .approve(Samples.BOB)
            .merge()
            .see(new Finding.MergeTried(new MergeOutcome.Conflict(List.of("fence.txt"))));
    assertThat(session(claimed(story))).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void a_session_that_was_gone_on_with_in_vain_is_given_up(
      String what, List<AgentEvent> said, boolean again) {
    TaskStory story = resumed(saidAndLeft(TaskStory.running()));
    saidAndLeft(story, said.toArray(AgentEvent[]::new));
    assertThat(session(claimed(story))).isEqualTo(again ? Optional.of("s-1") : Optional.empty());
  }

  static Stream<Arguments> a_session_that_was_gone_on_with_in_vain_is_given_up() {
    return Stream.of(
        Arguments.of("nothing", List.of(), false),
        Arguments.of("words alone", List.of(Samples.said(0)), false),
        Arguments.of("a tool was called", List.of(Samples.called(0)), true),
        Arguments.of("tokens were used", List.of(Samples.costs(0, 0.01)), true),
        Arguments.of(
            "the provider was away", List.of(Samples.lastWord(0, Verdict.PROVIDER_OUTAGE)), true));
  }
}
