package io.salvor.domain.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.domain.task.SessionTotals.Told;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a resumed session has used counts once (Z22).
final class SessionTotalsTest {

  @Test
  void totals_that_span_a_session_are_taken_apart_Z22() {
    assertThat(
            apart(Protocol.CODEX, told("one", 100), told("one", 200), told("one", 300)).stream()
                .map(Usage::inputTokens))
        .containsExactly(100L, 100L, 100L);
  }

  @Test
  void totals_of_one_process_are_taken_as_they_are_Z22() {
    assertThat(
            apart(Protocol.CLAUDE, told("one", 100), told("one", 80)).stream()
                .map(Usage::inputTokens))
        .containsExactly(100L, 80L);
  }

  @Test
  void another_session_begins_at_nothing_Z22() {
    assertThat(
            apart(Protocol.CODEX, told("one", 100), told("two", 300), told("one", 150)).stream()
                .map(Usage::inputTokens))
        .containsExactly(100L, 300L, 50L);
  }

  @Test
  void a_total_below_the_last_one_of_its_session_began_anew_Z22() {
    assertThat(
            apart(Protocol.CODEX, told("one", 100), told("one", 40)).stream()
                .map(Usage::inputTokens))
        .containsExactly(100L, 40L);
  }

  @Test
  void an_attempt_that_told_nothing_changes_nothing_Z22() {
    assertThat(
            apart(Protocol.CODEX, told("one", 100), session("one"), told("one", 150)).stream()
                .map(Usage::inputTokens))
        .containsExactly(100L, 0L, 50L);
  }

  @Test
  void attempts_without_a_session_are_not_taken_for_one_Z22() {
    Progress nameless = Progress.NONE.after(used(100), 10);
    assertThat(apart(Protocol.CODEX, nameless, nameless).stream().map(Usage::inputTokens))
        .containsExactly(100L, 100L);
  }

  @Test
  void money_is_taken_apart_too_and_unknown_money_stays_unknown_Z22() {
    List<Usage> own = apart(Protocol.CODEX, told("one", 100), told("one", 250));
    assertThat(own.getLast().cost()).contains(new MicroUsd(150));
    Usage unpriced = new Usage(10, 0, 0, 0, 1, Optional.empty(), CostSource.UNKNOWN);
    assertThat(unpriced.since(Usage.NONE).cost()).isEmpty();
  }

  /// Codex sums up while it runs, and states all of the session only at its end.
  @Test
  void what_an_earlier_attempt_only_summed_up_counts_once_too_Z22() {
    List<Usage> own =
        apart(
            Protocol.CODEX,
            told("one", 100, CostSource.PRICED),
            told("one", 150, CostSource.ACCUMULATED),
            told("one", 200, CostSource.ACCUMULATED),
            told("one", 250, CostSource.PRICED));
    assertThat(own.stream().map(it -> it.cost().orElseThrow().value()))
        .containsExactly(100L, 50L, 50L, 50L);
  }

  /// Else an edit of a task would change what it has cost.
  @Test
  void attempts_of_another_agent_are_taken_by_that_agent_s_ways_Z22() {
    List<Usage> own =
        SessionTotals.apart(
            List.of(
                new Told(Protocol.CODEX, told("one", 100)),
                new Told(Protocol.CODEX, told("one", 250)),
                new Told(Protocol.CLAUDE, told("two", 40)),
                new Told(Protocol.CLAUDE, told("two", 30))));
    assertThat(own.stream().map(Usage::inputTokens)).containsExactly(100L, 150L, 40L, 30L);
  }

  private static List<Usage> apart(Protocol protocol, Progress... attempts) {
    return SessionTotals.apart(Stream.of(attempts).map(it -> new Told(protocol, it)).toList());
  }

  private static Progress told(String session, long tokens) {
    return told(session, tokens, CostSource.PRICED);
  }

  private static Progress told(String session, long tokens, CostSource source) {
    return session(session).after(used(tokens, source), 20);
  }

  private static Progress session(String session) {
    return Progress.NONE.after(
        new AgentEvent.SessionStarted(Samples.line(0), session, Optional.empty()), 10);
  }

  private static AgentEvent used(long tokens) {
    return used(tokens, CostSource.PRICED);
  }

  private static AgentEvent used(long tokens, CostSource source) {
    return new AgentEvent.Used(
        Samples.line(10), new Usage(tokens, 0, 0, 0, 1, Optional.of(new MicroUsd(tokens)), source));
  }
}
