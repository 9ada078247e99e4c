package io.salvor.domain.task;

import static io.salvor.domain.agent.AgentEvent.Verdict.COST_LIMIT;
import static io.salvor.domain.agent.AgentEvent.Verdict.ERROR;
import static io.salvor.domain.agent.AgentEvent.Verdict.MODEL_UNAVAILABLE;
import static io.salvor.domain.agent.AgentEvent.Verdict.PROVIDER_AUTH;
import static io.salvor.domain.agent.AgentEvent.Verdict.PROVIDER_OUTAGE;
import static io.salvor.domain.agent.AgentEvent.Verdict.PROVIDER_OVERLOADED;
import static io.salvor.domain.agent.AgentEvent.Verdict.PROVIDER_RATE_LIMITED;
import static io.salvor.domain.agent.AgentEvent.Verdict.SUCCESS;
import static io.salvor.domain.agent.AgentEvent.Verdict.TURN_LIMIT;
import static io.salvor.domain.agent.Protocol.CLAUDE;
import static io.salvor.domain.agent.Protocol.COMMAND;
import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.lastWord;
import static io.salvor.domain.task.Samples.neverRan;
import static io.salvor.domain.task.Samples.stoppedAt;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.ShimStop;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which ending follows from which evidence (Z5, Z20). The last word, where there is one, ends at
/// byte 10.
class EndingClassifierTest {

  /// One row: what was said, why it ended, what was left, and the pair that follows.
  record Row(
      String story,
      Protocol protocol,
      List<AgentEvent> said,
      StopCause cause,
      Evidence evidence,
      String ending) {
    @Override
    public String toString() {
      return story;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(lastWords(), wishes(), exits()).flatMap(List::stream);
  }

  private static List<Row> lastWords() {
    return List.of(
        row("a result and status 0", say(SUCCESS), exited(0), "result_event × success"),
        row(
            "a result, and then a failure",
            say(SUCCESS),
            exited(1),
            "result_event × subprocess_exited_nonzero"),
        row(
            "a result and our own end of what lingered",
            say(SUCCESS),
            StopCause.RESULT_LINGERS,
            stoppedAt(10),
            "result_event × success"),
        row(
            "a result of a run whose tools were denied",
            List.of(lastWord(0, SUCCESS, "Bash")),
            StopCause.EXITED,
            exited(0),
            "result_event × permission_denied"),
        row(
            "a reported error, though the status is 0",
            say(ERROR),
            exited(0),
            "result_event × result_reported_error"),
        row(
            "a result, and the host went down before the status was written",
            say(SUCCESS),
            new Evidence(new Exit.Unknown(), false, false, 10, false, ShimStop.NONE, 0),
            "result_event × success"),
        row(
            "a result, and its output was taken away before the end",
            say(SUCCESS),
            new Evidence(new Exit.Status(0, true), false, true, 0, true, ShimStop.NONE, 0),
            "result_event × success"),
        row(
            "a result of a child in answer to the end of what an agent left running",
            say(SUCCESS),
            new Evidence(new Exit.Status(0, true), false, true, 9, false, ShimStop.NONE, 1),
            "stream_eof_fallback × result_missing"),
        row(
            "a result, and the deadline of what lingered while no server ran",
            say(SUCCESS),
            new Evidence(new Exit.Status(143, false), false, true, 10, false, ShimStop.DEADLINE, 0),
            "result_event × success"),
        row(
            "a result in answer to the deadline's signal while no server ran",
            say(SUCCESS),
            new Evidence(new Exit.Status(0, false), false, true, 9, false, ShimStop.DEADLINE, 0),
            "budget_deadline × deadline_exceeded"),
        row(
            "a result of a child after the deadline's signal, and our own end of what lingered",
            say(SUCCESS),
            StopCause.RESULT_LINGERS,
            new Evidence(new Exit.Status(143, false), false, true, 9, false, ShimStop.DEADLINE, 1),
            "budget_deadline × deadline_exceeded"),
        row(
            "a result, and a child's word after the deadline's signal",
            List.of(lastWord(0, SUCCESS), lastWord(10, ERROR)),
            StopCause.RESULT_LINGERS,
            new Evidence(new Exit.Status(143, false), false, true, 10, false, ShimStop.DEADLINE, 1),
            "result_event × success"),
        row(
            "a result, and then its window was closed",
            say(SUCCESS),
            windowClosed(new Exit.Status(129, false)),
            "result_event × success"),
        row(
            "a result when it was hung up because its window was closed",
            say(SUCCESS),
            new Evidence(
                new Exit.Status(129, false), false, true, 9, false, ShimStop.WINDOW_CLOSED, 0),
            "stream_eof_fallback × killed_by_signal"),
        row("spent", say(COST_LIMIT), exited(1), "result_event × cost_limit"),
        row("out of turns", say(TURN_LIMIT), exited(1), "result_event × turn_limit"),
        row("401", say(PROVIDER_AUTH), exited(1), "result_event × provider_auth"),
        row("429", say(PROVIDER_RATE_LIMITED), exited(1), "result_event × provider_rate_limited"),
        row("500", say(PROVIDER_OUTAGE), exited(1), "result_event × provider_outage"),
        row("529", say(PROVIDER_OVERLOADED), exited(1), "result_event × provider_overloaded"),
        row("no such model", say(MODEL_UNAVAILABLE), exited(1), "result_event × model_unavailable"),
        row("an error", say(ERROR), exited(1), "result_event × result_reported_error"),
        row("401 in the exit", say(ERROR), refused(145, 401), "result_event × provider_auth"),
        row(
            "429 in the exit",
            say(ERROR),
            refused(173, 429),
            "result_event × provider_rate_limited"),
        row("529 in the exit", say(ERROR), refused(17, 529), "result_event × provider_overloaded"),
        row("500 in the exit", say(ERROR), refused(244, 500), "result_event × provider_outage"),
        row(
            "400 in the exit",
            say(ERROR),
            refused(144, 400),
            "result_event × result_reported_error"),
        row(
            "an error, and then stopped for its silence",
            say(ERROR),
            StopCause.SILENCE,
            refused(145, 401),
            "result_event × result_reported_error"));
  }

  private static AgentEvent waits(long from, int status) {
    return new AgentEvent.ProviderRetry(
        Samples.line(from),
        status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
        Duration.ofSeconds(30));
  }

  private static List<Row> wishes() {
    return List.of(
        row(
            "silent while it waits for its provider, which is overloaded",
            List.of(waits(0, 529)),
            StopCause.SILENCE,
            stoppedAt(10),
            "line_timeout × provider_overloaded"),
        row(
            "nothing but that its provider wants fewer requests",
            List.of(waits(0, 429)),
            StopCause.FIRST_EVENT,
            stoppedAt(10),
            "line_timeout × provider_rate_limited"),
        row(
            "silent while it tries to connect",
            List.of(waits(0, 0)),
            StopCause.SILENCE,
            stoppedAt(10),
            "line_timeout × provider_outage"),
        row(
            "silent after its provider had answered again",
            List.of(waits(0, 529), Samples.said(10)),
            StopCause.SILENCE,
            stoppedAt(20),
            "line_timeout × line_timeout"),
        row(
            "its credentials are refused again and again",
            List.of(waits(0, 401), waits(10, 401)),
            StopCause.CREDENTIALS,
            stoppedAt(20),
            "stopped × provider_auth"),
        row(
            "cancelled, though the result was there",
            say(SUCCESS),
            StopCause.CANCEL,
            exited(0),
            "stopped × cancelled"),
        row(
            "paused after the result was on disk",
            say(SUCCESS),
            StopCause.PAUSE,
            stoppedAt(10),
            "result_event × success"),
        row(
            "paused, and the result came after the first signal",
            say(SUCCESS),
            StopCause.PAUSE,
            stoppedAt(9),
            "stopped × cancelled"),
        row(
            "a signal answered with status 0 and no result",
            List.of(),
            StopCause.PAUSE,
            exited(0),
            "stopped × cancelled"),
        row(
            "paused after the result, and something else was said in answer to the signal",
            List.of(lastWord(0, SUCCESS), lastWord(10, ERROR)),
            StopCause.PAUSE,
            stoppedAt(10),
            "result_event × success"),
        row(
            "paused after the result was taken back",
            List.of(lastWord(0, SUCCESS), lastWord(10, ERROR)),
            StopCause.PAUSE,
            stoppedAt(20),
            "result_event × result_reported_error"),
        row("frozen", List.of(), StopCause.FREEZE, stoppedAt(0), "stopped × frozen"),
        row(
            "frozen after the result was on disk",
            say(SUCCESS),
            StopCause.FREEZE,
            stoppedAt(10),
            "result_event × success"),
        row(
            "the deadline, after the result was on disk",
            say(SUCCESS),
            StopCause.DEADLINE,
            stoppedAt(10),
            "result_event × success"),
        row(
            "the deadline",
            List.of(),
            StopCause.DEADLINE,
            stoppedAt(0),
            "budget_deadline × deadline_exceeded"),
        row("silence", List.of(), StopCause.SILENCE, stoppedAt(0), "line_timeout × line_timeout"),
        row(
            "never a first word",
            List.of(),
            StopCause.FIRST_EVENT,
            stoppedAt(0),
            "line_timeout × line_timeout"),
        row("our money", List.of(), StopCause.COST_LIMIT, stoppedAt(0), "stopped × cost_limit"),
        row("our tokens", List.of(), StopCause.TOKEN_LIMIT, stoppedAt(0), "stopped × token_limit"),
        row("our turns", List.of(), StopCause.TURN_LIMIT, stoppedAt(0), "stopped × turn_limit"),
        row(
            "our output",
            List.of(),
            StopCause.OUTPUT_LIMIT,
            stoppedAt(0),
            "stopped × output_limit"),
        row(
            "a question",
            List.of(new AgentEvent.Asked(Samples.line(0), "Which one?")),
            StopCause.INPUT_REQUIRED,
            stoppedAt(10),
            "stopped × input_required"));
  }

  private static List<Row> exits() {
    return List.of(
        row(
            "an exit for want of a key, before any word",
            List.of(),
            refused(41, 401),
            "stream_eof_fallback × provider_auth"),
        row(
            "Claude after SIGINT: status 0 and no result",
            List.of(),
            exited(0),
            "stream_eof_fallback × result_missing"),
        new Row(
            "a command without events: status 0",
            COMMAND,
            List.of(),
            StopCause.EXITED,
            exited(0),
            "stream_eof_fallback × success"),
        row("status 1", List.of(), exited(1), "stream_eof_fallback × subprocess_exited_nonzero"),
        row("status 137", List.of(), exited(137), "stream_eof_fallback × killed_by_signal"),
        row(
            "status 145, which the program is known to use",
            List.of(),
            new Evidence(new Exit.Status(145, true), false, true, 0, false, ShimStop.NONE, 0),
            "stream_eof_fallback × subprocess_exited_nonzero"),
        row(
            "the kernel ran out of memory",
            List.of(),
            new Evidence(new Exit.Status(137, false), true, true, 0, false, ShimStop.NONE, 0),
            "stream_eof_fallback × oom_killed"),
        row(
            "output that cannot be read",
            List.of(),
            new Evidence(new Exit.Status(0, false), false, true, 0, true, ShimStop.NONE, 0),
            "stream_eof_fallback × read_error"),
        row(
            "agent and shim gone",
            List.of(),
            new Evidence(new Exit.Unknown(), false, true, 0, false, ShimStop.NONE, 0),
            "supervisor_lost × killed_by_signal"),
        row(
            "the host started anew",
            List.of(),
            new Evidence(new Exit.Unknown(), false, false, 0, false, ShimStop.NONE, 0),
            "supervisor_lost × host_lost"),
        row(
            "hung up when its window was closed",
            List.of(),
            windowClosed(new Exit.Status(129, false)),
            "stream_eof_fallback × killed_by_signal"),
        row(
            "its window was closed, and it ended as if nothing were",
            List.of(),
            windowClosed(new Exit.Status(0, true)),
            "stream_eof_fallback × killed_by_signal"),
        row(
            "ended at its deadline while no server ran",
            List.of(),
            new Evidence(new Exit.Status(143, false), false, true, 0, false, ShimStop.DEADLINE, 0),
            "budget_deadline × deadline_exceeded"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_pair_follows_from_the_evidence(Row row) {
    Ending ending =
        EndingClassifier.classify(row.cause, progress(row.said), row.evidence, row.protocol);
    assertThat(ending.codepath().label() + " × " + ending.reason().label()).isEqualTo(row.ending);
  }

  @ParameterizedTest
  @EnumSource(StopCause.class)
  void whatever_ended_it_there_is_a_pair(StopCause cause) {
    for (Protocol protocol : Protocol.values()) {
      for (Verdict verdict : Verdict.values()) {
        for (Evidence evidence : List.of(exited(0), exited(1), stoppedAt(0), neverRan())) {
          for (List<AgentEvent> said : List.of(List.<AgentEvent>of(), say(verdict))) {
            Ending ending = EndingClassifier.classify(cause, progress(said), evidence, protocol);
            assertThat(ending.detail()).isNotNull();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(StopCause.class)
  void a_stop_that_was_wished_for_is_no_success_without_a_last_word(StopCause cause) {
    for (Protocol protocol : Protocol.values()) {
      Ending ending = EndingClassifier.classify(cause, progress(List.of()), exited(0), protocol);
      assertThat(ending.success()).isEqualTo(!cause.wished() && protocol == COMMAND);
    }
  }

  @Test
  void the_detail_names_the_tool_that_was_under_way() {
    Progress progress =
        progress(List.of(new AgentEvent.ToolCalled(Samples.line(0), "c1", "Bash", "make")));
    assertThat(EndingClassifier.classify(StopCause.EXITED, progress, exited(137), CLAUDE).detail())
        .isEqualTo("signal 9 during a call of Bash");
  }

  private static Progress progress(List<AgentEvent> said) {
    Progress progress = Progress.NONE;
    for (AgentEvent event : said) {
      progress = progress.after(event, event.at().end());
    }
    return progress;
  }

  private static List<AgentEvent> say(Verdict verdict) {
    return List.of(lastWord(0, verdict));
  }

  private static Evidence refused(int status, int provider) {
    return new Evidence(
        new Exit.Status(status, true, OptionalInt.of(provider)),
        false,
        true,
        10,
        false,
        ShimStop.NONE,
        0);
  }

  private static Evidence windowClosed(Exit exit) {
    return new Evidence(exit, false, true, 10, false, ShimStop.WINDOW_CLOSED, 0);
  }

  private static Row row(String story, List<AgentEvent> said, Evidence evidence, String ending) {
    return row(story, said, StopCause.EXITED, evidence, ending);
  }

  private static Row row(
      String story, List<AgentEvent> said, StopCause cause, Evidence evidence, String ending) {
    return new Row(story, CLAUDE, said, cause, evidence, ending);
  }
}
