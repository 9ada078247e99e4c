package io.salvor.process.protocol;

import static io.salvor.process.protocol.Transcript.only;
import static io.salvor.process.protocol.Transcript.read;
import static io.salvor.process.protocol.Transcript.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Claude Code's output means: transcripts of version 2.1.197 against a scripted endpoint.
final class ClaudeReaderTest {
  private final ClaudeReader reader =
      new ClaudeReader(new Excerpts(Redactor.of(Map.of())), PriceList.listed());

  @Test
  void a_run_that_went_well_tells_session_tool_call_totals_and_last_word() throws Exception {
    List<AgentEvent> events = read(reader, recorded("claude-success"));

    AgentEvent.SessionStarted session = only(AgentEvent.SessionStarted.class, events).getFirst();
    assertThat(session.sessionId()).isEqualTo("00000000-0000-4000-8000-000000000001");
    assertThat(session.model()).contains("claude-opus-4-8[1m]");
    AgentEvent.ToolCalled call = only(AgentEvent.ToolCalled.class, events).getFirst();
    assertThat(call.tool()).isEqualTo("Bash");
    assertThat(call.input()).contains("git add a.txt");
    AgentEvent.ToolReturned result = only(AgentEvent.ToolReturned.class, events).getFirst();
    assertThat(result.callId()).isEqualTo(call.callId());
    assertThat(result.ok()).isTrue();
    assertThat(result.resultDigest()).isEqualTo(Excerpts.digest("(Bash completed with no output)"));
    assertThat(only(AgentEvent.Said.class, events).getFirst().text()).isEqualTo("All done.");
    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
    assertThat(lastWord(events).deniedTools()).isEmpty();
    assertThat(events.getLast()).isInstanceOf(Terminal.class);
  }

  @Test
  void the_closing_cost_is_exact_to_the_micro_dollar_Z22() throws Exception {
    List<AgentEvent> events = read(reader, recorded("claude-success"));

    assertThat(totals(events))
        .isEqualTo(
            new Usage(2010, 100, 0, 0, 2, Optional.of(new MicroUsd(12_550)), CostSource.RESULT));
  }

  @Test
  void a_run_that_was_killed_leaves_what_was_accumulated_at_list_prices_Z22() throws Exception {
    List<String> lines = recorded("claude-success");

    List<AgentEvent> events = read(reader, lines.subList(0, lines.size() - 1));

    assertThat(totals(events))
        .isEqualTo(
            new Usage(2010, 2, 0, 0, 2, Optional.of(new MicroUsd(10_100)), CostSource.ACCUMULATED));
  }

  @Test
  void totals_never_fall_and_are_the_same_in_a_replay_Z22() throws Exception {
    List<String> lines = recorded("claude-overloaded-then-success");
    List<AgentEvent.Used> used = only(AgentEvent.Used.class, read(reader, lines));
    ClaudeReader another =
        new ClaudeReader(new Excerpts(Redactor.of(Map.of())), PriceList.listed());

    for (int i = 1; i < used.size(); i++) {
      Usage before = used.get(i - 1).total();
      assertThat(used.get(i).total().max(before)).isEqualTo(used.get(i).total());
    }
    assertThat(only(AgentEvent.Used.class, read(another, lines))).isEqualTo(used);
  }

  @Test
  void the_cost_of_a_model_without_a_price_is_unknown_and_not_zero_Z22() {
    List<AgentEvent> events =
        read(
            reader,
            """
            {"type":"assistant","message":{"id":"m","model":"claude-opus-4-8","usage":{"input_tokens":9}}}\
            """,
            """
            {"type":"assistant","message":{"id":"n","model":"other-1","usage":{"input_tokens":9}}}\
            """);

    assertThat(totals(events).cost()).isEmpty();
    assertThat(totals(events).source()).isEqualTo(CostSource.UNKNOWN);
    assertThat(totals(events).inputTokens()).isEqualTo(18);
  }

  @Test
  void a_message_in_several_lines_counts_once_with_its_greatest_figures() {
    String line =
        """
        {"type":"assistant","message":{"id":"m","model":"claude-sonnet-4-5","usage":{"input_tokens":100,\
        "output_tokens":%d},"content":[{"type":"text","text":"x"}]}}\
        """;

    List<AgentEvent> events =
        read(reader, line.formatted(1), line.formatted(1), line.formatted(40));

    assertThat(only(AgentEvent.Used.class, events)).hasSize(2);
    assertThat(totals(events).inputTokens()).isEqualTo(100);
    assertThat(totals(events).outputTokens()).isEqualTo(40);
    assertThat(totals(events).turns()).isEqualTo(1);
  }

  @Test
  void a_denied_tool_is_told_although_the_result_says_success() throws Exception {
    List<AgentEvent> events = read(reader, recorded("claude-denied-tool"));

    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
    assertThat(lastWord(events).deniedTools()).containsExactly("Bash");
    assertThat(only(AgentEvent.ToolReturned.class, events).getFirst().ok()).isFalse();
  }

  @Test
  void a_retry_is_the_agent_waiting_for_its_provider_Z8() throws Exception {
    List<AgentEvent> events = read(reader, recorded("claude-overloaded-then-success"));

    List<AgentEvent.ProviderRetry> retries = only(AgentEvent.ProviderRetry.class, events);
    assertThat(retries).hasSize(2);
    assertThat(retries.getFirst().httpStatus()).isEqualTo(OptionalInt.of(529));
    assertThat(retries.getLast().delay()).hasMillis(1153);
    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-unauthorized, PROVIDER_AUTH",
    "claude-rate-limited, PROVIDER_RATE_LIMITED",
    "claude-overloaded, PROVIDER_OVERLOADED",
    "claude-overloaded-for-ever, PROVIDER_OVERLOADED",
    "claude-max-turns, TURN_LIMIT",
    "claude-max-budget, COST_LIMIT",
  })
  void the_last_word_is_judged_by_its_fields_though_it_may_say_subtype_success_Z20(
      String transcript, Verdict verdict) throws Exception {
    assertThat(lastWord(read(reader, recorded(transcript))).verdict()).isEqualTo(verdict);
  }

  @Test
  void a_cost_limit_s_tokens_are_taken_from_the_models_where_the_sum_says_zero() throws Exception {
    Usage usage = totals(read(reader, recorded("claude-max-budget")));

    assertThat(usage.inputTokens()).isEqualTo(1000);
    assertThat(usage.outputTokens()).isEqualTo(50);
    assertThat(usage.cost()).contains(new MicroUsd(6_250));
  }

  private static final String LIMITED =
      "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":429}";

  private static String planLimit(String status, String resetsAt) {
    return "{\"type\":\"rate_limit_event\",\"rate_limit_info\":{\"status\":\""
        + status
        + "\",\"resetsAt\":"
        + resetsAt
        + ",\"rateLimitType\":\"five_hour\"}}";
  }

  @Test
  void when_a_plan_s_limit_ends_is_told_with_the_last_word() {
    List<AgentEvent> events = read(reader, planLimit("rejected", "1793538000"), LIMITED);

    assertThat(lastWord(events).retryAfter())
        .contains(new RetryAfter.At(Instant.ofEpochSecond(1_793_538_000)));
  }

  @ParameterizedTest
  @CsvSource({"allowed_warning, 1793538000", "rejected, 999999999999999999", "rejected, -5"})
  void a_limit_that_is_not_met_or_has_no_sensible_end_tells_nothing(String status, String end) {
    assertThat(lastWord(read(reader, planLimit(status, end), LIMITED)).retryAfter()).isEmpty();
  }

  @Test
  void a_model_that_is_not_there_is_told_by_the_error_s_name_Z20() {
    List<AgentEvent> events =
        read(
            reader,
            "{\"type\":\"assistant\",\"error\":\"model_not_found\",\"message\":{\"content\":[]}}",
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true}");

    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.MODEL_UNAVAILABLE);
  }

  @Test
  void a_session_that_cannot_be_resumed_is_an_error() {
    List<AgentEvent> events =
        read(
            reader,
            """
            {"type":"result","subtype":"error_during_execution","is_error":true,"num_turns":0,"total_cost_usd":0,\
            "session_id":"s","errors":["No conversation found with session ID: s"]}\
            """);

    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.ERROR);
    assertThat(lastWord(events).text()).contains("No conversation found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"stream_event\",\"event\":{}}",
        "{\"type\":\"tomorrow's\",\"x\":[1,2]}",
        "{\"type\":\"system\",\"subtype\":\"status\"}",
        "{\"type\":\"assistant\"}",
        "{\"type\":\"assistant\",\"message\":{\"content\":\"a string\"}}",
        "{\"type\":\"user\",\"message\":{\"content\":\"a string\"}}",
        "{\"type\":\"system\",\"subtype\":\"init\"}",
      })
  void what_is_not_known_says_nothing(String line) {
    assertThat(read(reader, line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "plain words", "[1]", "{\"type\":\"result\"} trailing", "nul\0"})
  void what_is_not_json_is_unreadable(String line) {
    assertThat(read(reader, line)).hasOnlyElementsOfType(AgentEvent.Unreadable.class).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1", "\"much\"", "null", "1e-999999999", "99999999999"})
  void no_number_harms(String cost) {
    List<AgentEvent> events =
        read(
            reader,
            "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":false,\"total_cost_usd\":"
                + cost
                + ",\"num_turns\":99999999999999999999,\"usage\":{\"input_tokens\":-5,"
                + "\"output_tokens\":1.5}}");

    assertThat(totals(events).inputTokens()).isZero();
    assertThat(totals(events).cost().map(MicroUsd::value).orElse(0L)).isZero();
  }

  private static Usage totals(List<AgentEvent> events) {
    return only(AgentEvent.Used.class, events).getLast().total();
  }

  private static Terminal lastWord(List<AgentEvent> events) {
    List<Terminal> words = only(Terminal.class, events);
    assertThat(words).hasSize(1);
    return words.getFirst();
  }
}
