package io.salvor.process.protocol;

import static io.salvor.process.protocol.Transcript.only;
import static io.salvor.process.protocol.Transcript.read;
import static io.salvor.process.protocol.Transcript.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Gemini CLI's output means: transcripts of version 0.61.0 against a scripted endpoint.
final class GeminiReaderTest {
  private final GeminiReader reader = reader("run_shell_command");

  @Test
  void a_run_that_went_well_tells_session_tool_call_totals_and_last_word() throws Exception {
    List<AgentEvent> events = read(reader, recorded("gemini-success"));

    AgentEvent.SessionStarted session = only(AgentEvent.SessionStarted.class, events).getFirst();
    assertThat(session.sessionId()).isEqualTo("00000000-0000-4000-8000-000000000001");
    assertThat(session.model()).contains("gemini-2.5-pro");
    AgentEvent.ToolCalled call = only(AgentEvent.ToolCalled.class, events).getFirst();
    assertThat(call.tool()).isEqualTo("run_shell_command");
    assertThat(call.input()).contains("git add a.txt");
    AgentEvent.ToolReturned result = only(AgentEvent.ToolReturned.class, events).getFirst();
    assertThat(result.callId()).isEqualTo(call.callId());
    assertThat(result.ok()).isTrue();
    assertThat(only(AgentEvent.Said.class, events).getLast().text()).isEqualTo("All done.");
    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
    assertThat(lastWord(events).text()).isEqualTo("All done.");
    assertThat(lastWord(events).deniedTools()).isEmpty();
    assertThat(events.getLast()).isInstanceOf(Terminal.class);
  }

  @Test
  void the_closing_tokens_are_priced_at_list_prices_Z22() throws Exception {
    assertThat(totals(read(reader, recorded("gemini-success"))))
        .isEqualTo(
            new Usage(2000, 100, 0, 0, 2, Optional.of(new MicroUsd(3_500)), CostSource.PRICED));
  }

  @Test
  void cached_input_is_told_apart_and_thought_is_paid_for_like_output_Z22() {
    String stats =
        """
        {"type":"result","status":"success","stats":{"total_tokens":1500,"input_tokens":1000,"output_tokens":100,\
        "cached":400,"input":600,"models":{"gemini-2.5-flash":{"total_tokens":1500,"input_tokens":1000,\
        "output_tokens":100,"cached":400,"input":600}}}}\
        """;

    assertThat(totals(read(reader, stats)))
        .isEqualTo(
            new Usage(600, 500, 400, 0, 0, Optional.of(new MicroUsd(1_442)), CostSource.PRICED));
  }

  @Test
  void the_cost_of_a_model_without_a_price_is_unknown_and_not_zero_Z22() {
    List<AgentEvent> events =
        read(
            reader,
            """
            {"type":"result","status":"success","stats":{"models":{"gemini-2.5-pro":{"input_tokens":9},\
            "other-1":{"input_tokens":9}}}}\
            """);

    assertThat(totals(events).cost()).isEmpty();
    assertThat(totals(events).source()).isEqualTo(CostSource.UNKNOWN);
    assertThat(totals(events).inputTokens()).isEqualTo(18);
  }

  @Test
  void a_run_that_was_killed_leaves_what_its_chat_has_recorded_Z22(@TempDir Path state)
      throws Exception {
    chats(state);
    GeminiReader beside = readerBeside(state);
    List<String> lines = recorded("gemini-success");

    List<AgentEvent> events = new ArrayList<>(read(beside, lines.subList(0, lines.size() - 1)));
    events.addAll(beside.end());

    assertThat(totals(events))
        .isEqualTo(
            new Usage(
                2000, 100, 0, 0, 2, Optional.of(new MicroUsd(3_500)), CostSource.ACCUMULATED));
    assertThat(only(AgentEvent.Said.class, events).getLast().text()).isEqualTo("All done.");
  }

  @Test
  void what_its_chat_has_recorded_is_told_at_the_end_also_where_a_line_of_before_told_it_Z22(
      @TempDir Path state) throws Exception {
    chats(state);
    GeminiReader beside = readerBeside(state);
    List<String> lines = recorded("gemini-success");
    read(beside, lines.subList(0, lines.size() - 1)); // heard by an earlier server

    assertThat(totals(beside.end()).inputTokens()).isEqualTo(2000);
    assertThat(only(AgentEvent.Used.class, ended(state, lines))).isEmpty();
  }

  /// What shows at the end of a run with a closing statement.
  private static List<AgentEvent> ended(Path state, List<String> lines) {
    GeminiReader whole = readerBeside(state);
    read(whole, lines);
    return whole.end();
  }

  @Test
  void what_its_chat_has_of_earlier_processes_does_not_count_Z22(@TempDir Path state)
      throws Exception {
    chats(state);
    List<AgentEvent> events =
        read(
            readerBeside(state),
            """
            {"type":"init","timestamp":"2026-11-21T12:43:06.600Z",\
            "session_id":"00000000-0000-4000-8000-000000000001","model":"m"}\
            """,
            "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"x\"}");

    assertThat(totals(events).inputTokens()).isEqualTo(1000);
  }

  @Test
  void a_chat_that_grows_is_told_as_it_grows_and_an_answer_counts_once_Z22(@TempDir Path state)
      throws Exception {
    Path chat = chats(state);
    List<String> whole = Files.readAllLines(chat);
    GeminiReader beside = readerBeside(state);
    List<String> lines = recorded("gemini-success");

    Files.write(chat, whole.subList(0, 5));
    List<AgentEvent> first = read(beside, lines.subList(0, 3));
    Files.write(chat, whole);
    List<AgentEvent> then = read(beside, lines.subList(3, 4));

    assertThat(totals(first).inputTokens()).isEqualTo(1000);
    assertThat(totals(then).inputTokens()).isEqualTo(2000);
  }

  @Test
  void without_its_chat_a_run_that_was_killed_leaves_its_turns_and_no_money_Z22() throws Exception {
    List<String> lines = recorded("gemini-success");

    Usage usage = totals(read(reader, lines.subList(0, lines.size() - 1)));

    assertThat(usage.turns()).isEqualTo(2);
    assertThat(usage.cost()).isEmpty();
  }

  @Test
  void totals_never_fall_and_are_the_same_in_a_replay_Z22() throws Exception {
    List<String> lines = recorded("gemini-loop");
    List<AgentEvent.Used> used = only(AgentEvent.Used.class, read(reader, lines));

    for (int i = 1; i < used.size(); i++) {
      Usage before = used.get(i - 1).total();
      assertThat(used.get(i).total().max(before)).isEqualTo(used.get(i).total());
    }
    assertThat(only(AgentEvent.Used.class, read(reader(), lines))).isEqualTo(used);
  }

  @Test
  void words_that_come_in_pieces_are_told_as_one_with_their_place() {
    List<AgentEvent> events =
        read(
            reader,
            "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"one \",\"delta\":true}",
            "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"two\",\"delta\":true}",
            "{\"type\":\"tool_use\",\"tool_id\":\"1\",\"tool_name\":\"glob\",\"parameters\":{}}");

    AgentEvent.Said said = only(AgentEvent.Said.class, events).getFirst();
    assertThat(said.text()).isEqualTo("one two");
    assertThat(said.at().offset()).isZero();
    assertThat(said.at().length()).isGreaterThan(120);
  }

  @Test
  void endless_words_are_cut() {
    String piece =
        "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"" + "x".repeat(9_000) + "\"}";

    List<AgentEvent> events =
        read(reader, piece, piece, piece, "{\"type\":\"error\",\"message\":\"m\"}");

    assertThat(only(AgentEvent.Said.class, events).getFirst().text()).hasSize(AgentEvent.MAX_TEXT);
  }

  @Test
  void a_tool_that_the_profile_hides_is_denied_although_the_result_says_success_Z20()
      throws Exception {
    List<AgentEvent> events = read(reader, recorded("gemini-denied-tool"));

    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
    assertThat(lastWord(events).deniedTools()).containsExactly("run_shell_command");
    assertThat(only(AgentEvent.ToolReturned.class, events).getFirst().ok()).isFalse();
  }

  @Test
  void a_tool_that_a_model_has_made_up_is_not_denied() throws Exception {
    List<AgentEvent> events = read(reader("web_fetch"), recorded("gemini-denied-tool"));

    assertThat(lastWord(events).deniedTools()).isEmpty();
  }

  @Test
  void what_a_rule_of_the_user_s_refuses_is_denied() {
    List<AgentEvent> events =
        read(
            reader(),
            "{\"type\":\"tool_use\",\"tool_id\":\"1\",\"tool_name\":\"glob\",\"parameters\":{}}",
            """
            {"type":"tool_result","tool_id":"1","status":"error","error":{"type":"policy_violation","message":"no"}}\
            """,
            "{\"type\":\"result\",\"status\":\"success\"}");

    assertThat(lastWord(events).deniedTools()).containsExactly("glob");
  }

  @Test
  void a_run_that_was_stopped_for_a_loop_is_no_success_although_it_says_so_Z20() throws Exception {
    Terminal word = lastWord(read(reader, recorded("gemini-loop")));

    assertThat(word.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(word.text()).isEqualTo("Loop detected, stopping execution");
  }

  @Test
  void an_error_that_the_model_went_on_after_does_not_spoil_the_run() {
    List<AgentEvent> events =
        read(
            reader,
            "{\"type\":\"error\",\"severity\":\"warning\",\"message\":\"a hook says no\"}",
            "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"Done.\"}",
            "{\"type\":\"result\",\"status\":\"success\"}");

    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-unauthorized, ERROR",
    "gemini-rate-limited, ERROR",
    "gemini-overloaded, ERROR",
    "gemini-max-turns, TURN_LIMIT",
  })
  void the_last_word_is_judged_by_its_fields_which_leave_the_provider_s_answer_to_the_exit_Z20(
      String transcript, Verdict verdict) throws Exception {
    Terminal word = lastWord(read(reader, recorded(transcript)));

    assertThat(word.verdict()).isEqualTo(verdict);
    assertThat(word.text()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FatalAuthenticationError, PROVIDER_AUTH",
    "TerminalQuotaError, PROVIDER_RATE_LIMITED",
    "FatalToolExecutionError, ERROR",
    "NewError, ERROR",
  })
  void an_error_that_has_a_type_is_judged_by_it(String type, Verdict verdict) {
    String line =
        "{\"type\":\"result\",\"status\":\"error\",\"error\":{\"type\":\"" + type + "\"}}";

    assertThat(lastWord(read(reader, line)).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"tomorrow's\",\"x\":[1,2]}",
        "{\"type\":\"init\"}",
        "{\"type\":\"message\",\"role\":\"user\",\"content\":\"the prompt\"}",
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
  @ValueSource(strings = {"1e999999999", "-1", "\"much\"", "null", "99999999999999999999", "[]"})
  void no_number_harms(String count) {
    List<AgentEvent> events =
        read(
            reader,
            "{\"type\":\"result\",\"status\":\"success\",\"stats\":{\"total_tokens\":"
                + count
                + ",\"input_tokens\":-5,\"models\":{\"gemini-2.5-pro\":{\"cached\":"
                + count
                + "}}}}");

    assertThat(totals(events).inputTokens()).isZero();
  }

  private static GeminiReader reader(String... withheld) {
    return readerBeside(Path.of("/no/such/folder"), withheld);
  }

  private static GeminiReader readerBeside(Path state, String... withheld) {
    return new GeminiReader(
        new Excerpts(Redactor.of(Map.of())),
        PriceList.listed(),
        Set.of(withheld),
        (session, begun) -> new GeminiChat(state, session, begun));
  }

  /// Puts the recorded chat where the CLI keeps it.
  private static Path chats(Path state) throws IOException {
    Path chats = Files.createDirectories(state.resolve("tmp/a-project/chats"));
    Files.write(chats.resolve("session-2026-11-21T12-00-00000000.jsonl"), List.of("{}"));
    return Files.write(
        chats.resolve("session-2026-11-21T12-43-00000000.jsonl"), recorded("gemini-chat"));
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
