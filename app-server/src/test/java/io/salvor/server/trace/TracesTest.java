package io.salvor.server.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskStory;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.v1.Span;
import io.salvor.v1.Span.Kind;
import io.salvor.v1.Span.Outcome;
import io.salvor.v1.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TracesTest {
  private static Trace trace(TaskStory story) {
    return trace(story, 0);
  }

  private static Trace trace(TaskStory story, int attempt) {
    var traces = new Traces(story.task());
    story.log().forEach(traces::take);
    return traces.trace(attempt);
  }

  private static List<Span> spans(Trace trace, Kind kind) {
    return trace.getSpansList().stream().filter(it -> it.getKind() == kind).toList();
  }

  private static Span span(Trace trace, Kind kind) {
    assertThat(spans(trace, kind)).as("%s", kind).hasSize(1);
    return spans(trace, kind).getFirst();
  }

  private static AgentEvent called(long at, String id, String tool) {
    return new AgentEvent.ToolCalled(
        new ByteRange(at, 10), id, tool, "{\"command\": \"make\n x\"}");
  }

  private static AgentEvent returned(long at, String id, boolean ok) {
    return new AgentEvent.ToolReturned(new ByteRange(at, 10), id, ok, "d", "");
  }

  private static AgentEvent used(long at, int turns, long input) {
    return new AgentEvent.Used(
        new ByteRange(at, 10),
        new Usage(input, 7, 0, 0, turns, Optional.of(new MicroUsd(input)), CostSource.ACCUMULATED));
  }

  /// Two turns: the first calls two tools, one of which fails; the second one stays in its tool.
  private static TaskStory working() {
    return TaskStory.running()
        .after(Duration.ofSeconds(2))
        .output(called(0, "a", "Bash"), called(0, "b", "Read"), used(0, 1, 100))
        .after(Duration.ofSeconds(3))
        .output(returned(30, "a", true))
        .after(Duration.ofSeconds(1))
        .output(returned(40, "b", false))
        .after(Duration.ofSeconds(5))
        .output(called(50, "c", "Bash"), used(50, 2, 250))
        .after(Duration.ofSeconds(60));
  }

  private static TaskStory killed() {
    return working().see(new Finding.Exited()).see(Samples.gone(Samples.exited(137)));
  }

  @Test
  void an_attempt_is_a_tree_of_what_took_its_time() {
    Trace trace = trace(killed());
    assertThat(trace.getFormat()).isEqualTo("salvor.trace.v1");
    assertThat(trace.getTraceId()).matches("[0-9a-f]{32}");
    assertThat(trace.getSpansList())
        .extracting(Span::getKind)
        .containsExactly(
            Kind.TASK,
            Kind.QUEUE,
            Kind.ATTEMPT,
            Kind.SETUP,
            Kind.SPAWN,
            Kind.AGENT,
            Kind.TURN,
            Kind.TOOL,
            Kind.TOOL,
            Kind.TURN,
            Kind.TOOL,
            Kind.STOP);
    assertThat(trace.getSpansList())
        .extracting(Span::getSpanId)
        .doesNotHaveDuplicates()
        .allMatch(it -> it.matches("[0-9a-f]{16}"));
    assertThat(span(trace, Kind.TASK).getParentSpanId()).isEmpty();
    assertThat(span(trace, Kind.AGENT).getParentSpanId())
        .isEqualTo(span(trace, Kind.ATTEMPT).getSpanId());
  }

  @Test
  void an_attempt_keeps_the_agent_that_it_was_for() {
    String name = span(trace(killed()), Kind.AGENT).getName();
    var other =
        new Agent("other", Protocol.CODEX, PermissionProfile.FULL, List.of("x"), Optional.empty());
    Trace trace = trace(killed().edit(new Change.Worker(other)));
    assertThat(trace.getAgent()).isEqualTo("other");
    assertThat(span(trace, Kind.AGENT).getName()).isEqualTo(name).doesNotContain("other");
  }

  @Test
  void tool_calls_are_ok_failed_or_open_and_belong_to_the_turn_that_made_them() {
    Trace trace = trace(killed());
    List<Span> tools = spans(trace, Kind.TOOL);
    assertThat(tools)
        .extracting(Span::getOutcome)
        .containsExactly(Outcome.OK, Outcome.FAILED, Outcome.OPEN);
    assertThat(tools.getFirst().getDetail()).isEqualTo("{\"command\": \"make x\"}");
    assertThat(
            tools.getFirst().getEndTime().getSeconds()
                - tools.getFirst().getStartTime().getSeconds())
        .isEqualTo(3);
    assertThat(tools.getLast().hasEndTime()).isFalse();
    List<Span> turns = spans(trace, Kind.TURN);
    assertThat(tools)
        .extracting(Span::getParentSpanId)
        .containsExactly(
            turns.get(0).getSpanId(), turns.get(0).getSpanId(), turns.get(1).getSpanId());
    assertThat(turns).extracting(it -> it.getUsage().getInputTokens()).containsExactly(100L, 150L);
    assertThat(turns.get(0).getEndTime().getSeconds() - turns.get(0).getStartTime().getSeconds())
        .as("from the agent's start to the return of its last tool")
        .isEqualTo(6);
  }

  @Test
  void an_attempt_tells_its_ending_and_what_it_used_by_itself() {
    Span attempt = span(trace(killed()), Kind.ATTEMPT);
    assertThat(attempt.getOutcome()).isEqualTo(Outcome.FAILED);
    assertThat(attempt.getCause()).isEqualTo("killed_by_signal");
    assertThat(attempt.getUsage().getInputTokens()).isEqualTo(250);
    assertThat(attempt.getUsage().getCostMicroUsd()).isEqualTo(250);
    assertThat(span(trace(killed()), Kind.TASK).getCause()).isEqualTo("killed_by_signal");
  }

  /// Codex tells of its whole session: summed up while it runs, and stated at its end.
  @Test
  void a_turn_costs_what_no_earlier_one_of_its_session_was_told_to_have_cost_Z22() {
    var codex =
        new Agent("codex", Protocol.CODEX, PermissionProfile.FULL, List.of("x"), Optional.empty());
    TaskStory story = TaskStory.running(Samples.specFor(codex, Limits.DEFAULT, List.of()));
    endedAfter(story, told(100, CostSource.PRICED));
    endedAfter(goneOn(story), told(150, CostSource.ACCUMULATED));
    goneOn(story).output(told(200, CostSource.ACCUMULATED)).output(used(20, 2, 230));
    assertThat(spans(trace(story), Kind.TURN))
        .extracting(it -> it.getUsage().getCostMicroUsd())
        .containsExactly(100L, 50L, 50L, 30L);
  }

  private static TaskStory goneOn(TaskStory story) {
    return story.dispatchResume().claim().see(Samples.preparedReady()).see(Samples.spawned());
  }

  private static void endedAfter(TaskStory story, AgentEvent... events) {
    story.output(events).see(new Finding.Exited()).see(Samples.gone(Samples.exited(1)));
  }

  private static AgentEvent[] told(long total, CostSource source) {
    var usage = new Usage(total, 7, 0, 0, 1, Optional.of(new MicroUsd(total)), source);
    return new AgentEvent[] {
      new AgentEvent.SessionStarted(new ByteRange(0, 10), "one", Optional.empty()),
      new AgentEvent.Used(new ByteRange(10, 10), usage)
    };
  }

  @Test
  void what_runs_is_open() {
    Trace trace = trace(working());
    assertThat(span(trace, Kind.AGENT).getOutcome()).isEqualTo(Outcome.OPEN);
    assertThat(span(trace, Kind.TASK).hasEndTime()).isFalse();
  }

  @Test
  void a_task_ends_with_its_merge_and_waited_for_a_verdict() {
    TaskStory story = TaskStory.inReview();
    Trace trace =
        trace(
            story
                .after(Duration.ofMinutes(5))
                .approve(Samples.BOB)
                .merge()
                .see(new Finding.MergeTried(new MergeOutcome.Merged("d".repeat(40)))));
    Span review = span(trace, Kind.REVIEW);
    assertThat(review.getOutcome()).isEqualTo(Outcome.OK);
    assertThat(review.getEndTime().getSeconds() - review.getStartTime().getSeconds())
        .isEqualTo(300);
    assertThat(span(trace, Kind.MERGE).getOutcome()).isEqualTo(Outcome.OK);
    assertThat(span(trace, Kind.TASK).getOutcome()).isEqualTo(Outcome.OK);
    assertThat(span(trace, Kind.ATTEMPT).getOutcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void one_attempt_comes_with_what_it_is_part_of_alone() {
    TaskStory story = killed().dispatchResume().claim();
    Trace second = trace(story, 2);
    assertThat(second.getSpansList())
        .extracting(Span::getKind)
        .containsExactly(Kind.TASK, Kind.ATTEMPT, Kind.SETUP);
    assertThat(second.getSpans(1).getName()).isEqualTo("attempt 2, resume");
    assertThat(second.getSpans(0).getOutcome()).isEqualTo(Outcome.OPEN);
  }

  @Test
  void the_same_log_makes_the_same_ids() {
    assertThat(trace(killed())).isEqualTo(trace(killed()));
  }

  @Test
  void an_agent_that_never_started_leaves_a_failed_start() {
    Trace trace =
        trace(
            TaskStory.addedAndDispatched(Samples.spec())
                .claim()
                .see(Samples.preparedReady())
                .see(Samples.spawnRefused(io.salvor.domain.agent.Spawn.Kind.PROGRAM_MISSING))
                .see(Samples.gone(Samples.neverRan())));
    assertThat(span(trace, Kind.SPAWN).getOutcome()).isEqualTo(Outcome.FAILED);
    assertThat(span(trace, Kind.SPAWN).getCause()).isEqualTo("spawn_failed");
    assertThat(spans(trace, Kind.AGENT)).isEmpty();
  }

  @Test
  void a_closing_statement_is_no_turn() {
    Trace trace =
        trace(
            TaskStory.finished(
                used(0, 1, 10),
                new AgentEvent.Used(
                    new ByteRange(10, 10),
                    new Usage(10, 7, 0, 0, 4, Optional.of(new MicroUsd(9)), CostSource.RESULT)),
                Samples.lastWord(10, Verdict.SUCCESS)));
    assertThat(spans(trace, Kind.TURN)).hasSize(1);
  }
}
