package io.salvor.process.protocol;

import static io.salvor.process.protocol.Transcript.only;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What OpenCode's output means: transcripts of version 1.18.33 against a scripted endpoint.
final class OpenCodeReaderTest {
  private static final String STEP =
      """
      {"type":"step_finish","sessionID":"s","part":{"messageID":"%s","reason":"%s","cost":%s,\
      "tokens":{"input":70,"output":40,"reasoning":10,"cache":{"read":30,"write":5}}}}\
      """;

  private final OpenCodeReader reader = reader("fake/m1");

  @Test
  void a_run_that_went_well_tells_session_tool_call_totals_and_last_word() throws Exception {
    List<AgentEvent> events = read(reader, recorded("opencode-success"));

    AgentEvent.SessionStarted session = only(AgentEvent.SessionStarted.class, events).getFirst();
    assertThat(session.sessionId()).isEqualTo("ses_00000000000000000000000001");
    assertThat(session.model()).contains("fake/m1");
    assertThat(only(AgentEvent.SessionStarted.class, events)).hasSize(1);
    AgentEvent.ToolCalled call = only(AgentEvent.ToolCalled.class, events).getFirst();
    assertThat(call.tool()).isEqualTo("bash");
    assertThat(call.input()).contains("git add a.txt");
    AgentEvent.ToolReturned result = only(AgentEvent.ToolReturned.class, events).getFirst();
    assertThat(result.callId()).isEqualTo(call.callId());
    assertThat(result.ok()).isTrue();
    assertThat(result.resultDigest()).isEqualTo(Excerpts.digest("(no output)"));
    assertThat(only(AgentEvent.Said.class, events).getLast().text()).isEqualTo("All done.");
    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
    assertThat(lastWord(events).text()).isEqualTo("All done.");
    assertThat(events.getLast()).isInstanceOf(Terminal.class);
  }

  @Test
  void money_is_the_sum_of_its_steps_and_told_by_the_agent_at_the_end_Z22() throws Exception {
    List<String> lines = recorded("opencode-success");

    assertThat(totals(read(reader, lines)))
        .isEqualTo(
            new Usage(2000, 100, 0, 0, 2, Optional.of(new MicroUsd(2_200)), CostSource.RESULT));
    assertThat(totals(read(reader("fake/m1"), lines.subList(0, lines.size() - 1))))
        .isEqualTo(
            new Usage(1000, 50, 0, 0, 1, Optional.of(new MicroUsd(1_100)), CostSource.ACCUMULATED));
  }

  @Test
  void totals_never_fall_and_are_the_same_in_a_replay_Z22() throws Exception {
    List<String> lines = recorded("opencode-overloaded-then-success");
    List<AgentEvent.Used> used = only(AgentEvent.Used.class, read(reader, lines));

    for (int i = 1; i < used.size(); i++) {
      Usage before = used.get(i - 1).total();
      assertThat(used.get(i).total().max(before)).isEqualTo(used.get(i).total());
    }
    assertThat(only(AgentEvent.Used.class, read(reader("fake/m1"), lines))).isEqualTo(used);
  }

  @Test
  void a_cost_of_zero_is_unknown_where_the_list_has_no_price_either_Z22() {
    Usage usage = totals(read(reader, STEP.formatted("m", "stop", 0)));

    assertThat(usage).isEqualTo(new Usage(70, 50, 30, 5, 1, Optional.empty(), CostSource.UNKNOWN));
  }

  @Test
  void a_cost_of_zero_is_priced_where_the_list_has_a_price_Z22() {
    Usage usage =
        totals(read(reader("openrouter/google/gemini-2.5-pro"), STEP.formatted("m", "stop", 0)));

    assertThat(usage.cost()).contains(new MicroUsd(600));
    assertThat(usage.source()).isEqualTo(CostSource.PRICED);
  }

  @Test
  void a_tool_that_the_profile_hides_is_denied_although_it_stopped_well_Z20() throws Exception {
    List<AgentEvent> events = read(reader, recorded("opencode-denied-tool"));

    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
    assertThat(lastWord(events).deniedTools()).containsExactly("bash");
    assertThat(only(AgentEvent.ToolCalled.class, events).getFirst().tool()).isEqualTo("bash");
    assertThat(only(AgentEvent.ToolReturned.class, events).getFirst().ok()).isFalse();
  }

  @Test
  void a_tool_that_a_model_has_made_up_is_not_denied() throws Exception {
    OpenCodeReader other =
        new OpenCodeReader(
            new Excerpts(Redactor.of(Map.of())),
            PriceList.listed(),
            Optional.empty(),
            Set.of("webfetch"));

    assertThat(lastWord(read(other, recorded("opencode-denied-tool"))).deniedTools()).isEmpty();
  }

  @Test
  void a_run_that_ended_with_a_question_nobody_answered_has_no_last_word_Z20() throws Exception {
    assertThat(only(Terminal.class, read(reader, recorded("opencode-asked")))).isEmpty();
  }

  @Test
  void stop_beside_a_tool_call_is_not_the_end() {
    List<AgentEvent> events =
        read(
            reader,
            """
            {"type":"tool_use","sessionID":"s","part":{"tool":"bash","callID":"c","messageID":"m",\
            "state":{"status":"completed","output":"x"}}}\
            """,
            STEP.formatted("m", "stop", 0.1));

    assertThat(only(Terminal.class, events)).isEmpty();
    assertThat(totals(events).turns()).isEqualTo(1);
  }

  @Test
  void the_end_of_another_session_s_step_is_not_the_end_and_its_money_counts() {
    List<AgentEvent> events =
        read(
            reader,
            STEP.formatted("m", "tool-calls", 0.1),
            STEP.formatted("n", "stop", 0.1).replace("\"s\"", "\"other\""));

    assertThat(only(Terminal.class, events)).isEmpty();
    assertThat(totals(events).cost()).contains(new MicroUsd(200_000));
    assertThat(totals(events).turns()).isEqualTo(1);
  }

  /// It packs its context together in a step that stops, and goes on by itself.
  @Test
  void a_step_after_which_it_goes_on_is_not_its_last_Z20() {
    String summary = STEP.formatted("m", "stop", 0.1);
    String goesOn =
        "{\"type\":\"text\",\"sessionID\":\"s\",\"part\":{\"messageID\":\"n\",\"text\":\"go on\"}}";
    assertThat(only(Terminal.class, Transcript.read(reader, summary))).isEmpty();
    assertThat(only(Terminal.class, read(reader, goesOn))).isEmpty();

    Terminal word = lastWord(read(reader, STEP.formatted("n", "stop", 0.1)));
    assertThat(word.verdict()).isEqualTo(Verdict.SUCCESS);
    assertThat(word.text()).isEqualTo("go on");
  }

  @Test
  void a_step_that_was_cut_short_is_an_error_Z20() {
    Terminal word = lastWord(read(reader, STEP.formatted("m", "length", 0.1)));

    assertThat(word.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(word.text()).contains("length");
  }

  @ParameterizedTest
  @CsvSource({
    "opencode-unauthorized, PROVIDER_AUTH",
    "opencode-rate-limited, PROVIDER_RATE_LIMITED",
    "opencode-overloaded, PROVIDER_OVERLOADED",
  })
  void an_error_is_judged_by_its_status_and_only_its_message_is_told_Z20(
      String transcript, Verdict verdict) throws Exception {
    List<AgentEvent> events = read(reader, recorded(transcript));

    assertThat(lastWord(events).verdict()).isEqualTo(verdict);
    assertThat(lastWord(events).text()).isEqualTo("scripted");
    assertThat(events.getFirst()).isInstanceOf(AgentEvent.SessionStarted.class);
  }

  @ParameterizedTest
  @CsvSource({"120, PT2M", "'Sun, 1 Nov 2026 13:00:00 GMT', 2026-11-01T13:00:00Z", "soon, ''"})
  void a_header_tells_when_to_ask_again(String header, String expected) {
    Terminal word =
        lastWord(
            read(
                reader,
                "{\"type\":\"error\",\"error\":{\"name\":\"APIError\",\"data\":{\"statusCode\":429,"
                    + "\"responseHeaders\":{\"retry-after\":\""
                    + header
                    + "\"}}}}"));

    assertThat(
            word.retryAfter()
                .map(it ->
                    switch (it) {
                      case RetryAfter.In(var delay) -> delay.toString();
                      case RetryAfter.At(var time) -> time.toString();
                    })
                .orElse(""))
        .isEqualTo(expected);
  }

  @Test
  void an_error_without_a_status_is_an_error() {
    Terminal word =
        lastWord(read(reader, "{\"type\":\"error\",\"error\":{\"name\":\"UnknownError\"}}"));

    assertThat(word.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(word.text()).isEqualTo("UnknownError");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"tomorrow's\",\"part\":[1,2]}",
        "{\"type\":\"step_start\"}",
        "{\"type\":\"reasoning\",\"part\":{\"text\":\"hm\"}}",
        "{\"type\":\"text\",\"part\":\"a string\"}",
      })
  void what_is_not_known_says_nothing(String line) {
    assertThat(read(reader, line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "plain words", "[1]", "{\"type\":\"error\"} trailing", "nul\0"})
  void what_is_not_json_is_unreadable(String line) {
    assertThat(read(reader, line)).hasOnlyElementsOfType(AgentEvent.Unreadable.class).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1", "\"much\"", "null", "1e-999999999", "99999999999"})
  void no_number_harms(String cost) {
    assertThat(totals(read(reader, STEP.formatted("m", "stop", cost))).cost()).isEmpty();
  }

  private static OpenCodeReader reader(String model) {
    return new OpenCodeReader(
        new Excerpts(Redactor.of(Map.of())),
        PriceList.listed(),
        Optional.of(model),
        Set.of("bash"));
  }

  private static Usage totals(List<AgentEvent> events) {
    return only(AgentEvent.Used.class, events).getLast().total();
  }

  private static List<AgentEvent> read(LineReader reader, String... lines) {
    return read(reader, List.of(lines));
  }

  private static List<AgentEvent> read(LineReader reader, List<String> lines) {
    List<AgentEvent> events = new ArrayList<>(Transcript.read(reader, lines));
    events.addAll(reader.end());
    return events;
  }

  private static Terminal lastWord(List<AgentEvent> events) {
    List<Terminal> words = only(Terminal.class, events);
    assertThat(words).hasSize(1);
    return words.getFirst();
  }
}
