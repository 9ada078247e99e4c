package io.salvor.process.protocol;

import static io.salvor.process.protocol.Transcript.only;
import static io.salvor.process.protocol.Transcript.read;
import static io.salvor.process.protocol.Transcript.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.tuple;

import io.salvor.domain.agent.AgentEvent;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is made of Codex's lines and of its record of the session; both were recorded from runs of
/// Codex 0.169 in the lab.
final class CodexReaderTest {
  private static final String SESSION = "01a1fe00-0000-7000-8000-000000000001";
  private static final String STARTED =
      "{\"type\":\"thread.started\",\"thread_id\":\"" + SESSION + "\"}";

  @TempDir private Path state;

  @Test
  void a_run_becomes_its_session_its_tool_calls_its_words_and_its_totals() throws Exception {
    List<AgentEvent> events = whole("success");

    assertThat(only(AgentEvent.SessionStarted.class, events))
        .extracting(AgentEvent.SessionStarted::sessionId, AgentEvent.SessionStarted::model)
        .as("the name of the model stands in the record of the session, which comes later")
        .containsExactly(tuple(SESSION, Optional.empty()), tuple(SESSION, Optional.of("gpt-5.5")));
    AgentEvent.ToolCalled called = only(AgentEvent.ToolCalled.class, events).getFirst();
    assertThat(called.tool()).isEqualTo("command_execution");
    assertThat(called.input()).contains("git commit -qm");
    AgentEvent.ToolReturned returned = only(AgentEvent.ToolReturned.class, events).getFirst();
    assertThat(returned.callId()).isEqualTo(called.callId());
    assertThat(returned.ok()).isTrue();
    assertThat(only(AgentEvent.Said.class, events))
        .extracting(AgentEvent.Said::text)
        .containsExactly("All done.");
    assertThat(totals(events))
        .isEqualTo(
            new Usage(2001, 100, 0, 0, 2, Optional.of(new MicroUsd(13_005)), CostSource.PRICED));
    assertThat(lastWord(events).verdict()).isEqualTo(Verdict.SUCCESS);
    assertThat(lastWord(events).text()).isEqualTo("All done.");
  }

  @Test
  void every_event_names_its_line() throws Exception {
    assertThat(whole("success")).allMatch(event -> event.at().length() > 0);
  }

  @Test
  void what_the_shell_behind_the_interpreter_does_is_a_tool_call_too() throws Exception {
    List<AgentEvent> events = whole("interpreter");

    assertThat(only(AgentEvent.ToolCalled.class, events))
        .extracting(AgentEvent.ToolCalled::tool)
        .containsExactly("command_execution", "file_change");
    assertThat(only(AgentEvent.ToolReturned.class, events))
        .extracting(AgentEvent.ToolReturned::ok)
        .containsExactly(false, true);
    assertThat(only(AgentEvent.SessionStarted.class, events).getLast().model())
        .contains("gpt-6.1-sol");
    assertThat(totals(events).cost()).contains(new MicroUsd(7_506));
  }

  @Test
  void totals_of_a_resumed_session_are_those_of_the_session_Z22() throws Exception {
    assertThat(totals(whole("resumed")).inputTokens()).isEqualTo(3002);
  }

  @Test
  void totals_never_fall_and_reading_again_gives_the_same_Z22() throws Exception {
    List<AgentEvent> events = whole("interpreter");
    List<AgentEvent.Used> used = only(AgentEvent.Used.class, events);
    for (int i = 1; i < used.size(); i++) {
      Usage before = used.get(i - 1).total();
      assertThat(used.get(i).total().max(before)).isEqualTo(used.get(i).total());
    }
    assertThat(totals(whole("interpreter"))).isEqualTo(totals(events));
  }

  @Test
  void what_its_record_knows_is_told_at_the_end_also_where_a_line_of_before_told_it_Z22()
      throws Exception {
    Files.writeString(rolloutFile(), context("gpt-5.5") + total(1000, 10));
    CodexReader killed = reader("");
    read(
        killed,
        "{\"type\":\"thread.started\",\"thread_id\":\"" + SESSION + "\"}",
        "{\"type\":\"turn.started\"}",
        "{\"type\":\"item.started\",\"item\":{\"id\":\"1\",\"type\":\"reasoning\"}}");

    assertThat(totals(killed.end()).inputTokens()).isEqualTo(1000);
    assertThat(totals(killed.end()).source()).isEqualTo(CostSource.ACCUMULATED);
  }

  @Test
  void a_turn_that_completed_has_said_all_before_the_end() throws Exception {
    record("interpreter");
    CodexReader completed = reader("");
    read(completed, recorded("codex-interpreter"));

    assertThat(completed.end()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "unauthorized, PROVIDER_AUTH",
    "rate-limited, PROVIDER_RATE_LIMITED",
    "overloaded, PROVIDER_OVERLOADED"
  })
  void a_failure_is_judged_by_its_typed_reason_once_the_output_is_over_Z20(
      String transcript, Verdict verdict) throws Exception {
    record(transcript);
    CodexReader reader = reader("");
    List<AgentEvent> events = read(reader, recorded("codex-" + transcript));
    assertThat(only(AgentEvent.Terminal.class, events)).isEmpty();

    List<AgentEvent.Terminal> last = only(AgentEvent.Terminal.class, reader.end());
    assertThat(last).extracting(AgentEvent.Terminal::verdict).containsExactly(verdict);
    assertThat(last.getFirst().text()).isNotEmpty();
    assertThat(last.getFirst().at().length()).isGreaterThan(0);
  }

  @Test
  void a_failure_whose_reason_is_nowhere_is_an_error() throws Exception {
    CodexReader reader = reader("");
    read(reader, recorded("codex-unauthorized"));
    assertThat(only(AgentEvent.Terminal.class, reader.end()))
        .extracting(AgentEvent.Terminal::verdict)
        .containsExactly(Verdict.ERROR);
  }

  @Test
  void retries_are_no_progress_and_no_end() throws Exception {
    List<AgentEvent> events = read(reader(""), recorded("codex-overloaded"));
    assertThat(only(AgentEvent.ProviderRetry.class, events)).hasSize(3);
    assertThat(lastWord(whole("overloaded-then-success")).verdict()).isEqualTo(Verdict.SUCCESS);
  }

  @Test
  void without_a_record_the_model_is_the_one_asked_for_and_tokens_come_at_the_end()
      throws Exception {
    List<AgentEvent> events = read(reader("gpt-5.5"), recorded("codex-success"));
    assertThat(only(AgentEvent.Used.class, events)).hasSize(1);
    assertThat(totals(events).cost()).contains(new MicroUsd(13_005));
  }

  @Test
  void money_of_a_model_without_a_price_is_unknown_and_not_zero_Z22() throws Exception {
    Usage usage = totals(whole("unknown-model"));
    assertThat(usage.cost()).isEmpty();
    assertThat(usage.source()).isEqualTo(CostSource.UNKNOWN);
    assertThat(usage.inputTokens()).isEqualTo(2001);
  }

  @Test
  void a_model_that_changes_is_paid_from_there_on_Z22() throws Exception {
    Path file = rolloutFile();
    Files.writeString(file, context("gpt-5.5") + total(1_000_000, 0));
    CodexReader reader = reader("");
    read(reader, STARTED, item());
    Files.writeString(
        file,
        context("gpt-5.5") + total(1_000_000, 0) + context("gpt-6-luna") + total(2_000_000, 0));
    List<AgentEvent> events = read(reader, item());

    assertThat(only(AgentEvent.SessionStarted.class, events).getLast().model())
        .contains("gpt-6-luna");
    assertThat(totals(events).cost()).contains(new MicroUsd(5_100_000));
  }

  @Test
  void cached_input_is_part_of_the_input_and_has_its_own_price() {
    List<AgentEvent> events =
        read(
            reader("gpt-6.1-sol"),
            STARTED,
            "{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":1000,"
                + "\"cached_input_tokens\":600,\"cache_write_input_tokens\":100,"
                + "\"output_tokens\":10,\"reasoning_output_tokens\":5}}");
    assertThat(totals(events))
        .isEqualTo(
            new Usage(300, 10, 600, 100, 1, Optional.of(new MicroUsd(1_010)), CostSource.PRICED));
  }

  @Test
  void a_tool_call_that_only_shows_at_its_end_is_one_all_the_same() {
    List<AgentEvent> events =
        read(
            reader(""),
            "{\"type\":\"item.completed\",\"item\":{\"id\":\"item_3\",\"type\":\"mcp_tool_call\","
                + "\"server\":\"docs\",\"tool\":\"search\",\"arguments\":{\"q\":1},"
                + "\"error\":{\"message\":\"no\"},\"status\":\"failed\"}}");
    assertThat(only(AgentEvent.ToolCalled.class, events).getFirst().tool())
        .isEqualTo("docs.search");
    assertThat(only(AgentEvent.ToolReturned.class, events).getFirst().ok()).isFalse();
    assertThat(only(AgentEvent.ToolReturned.class, events).getFirst().excerpt()).contains("no");
  }

  @Test
  void a_declined_tool_is_named_in_the_last_word_Z20() {
    List<AgentEvent> events =
        read(
            reader(""),
            "{\"type\":\"item.completed\",\"item\":{\"id\":\"item_0\","
                + "\"type\":\"command_execution\",\"command\":\"rm\",\"status\":\"declined\"}}",
            "{\"type\":\"turn.completed\",\"usage\":{}}");
    assertThat(lastWord(events).deniedTools()).containsExactly("command_execution");
  }

  @Test
  void long_output_of_a_tool_is_cut_and_its_digest_is_of_all_of_it() {
    String output = "x".repeat(100_000);
    AgentEvent.ToolReturned returned =
        only(
                AgentEvent.ToolReturned.class,
                read(
                    reader(""),
                    "{\"type\":\"item.completed\",\"item\":{\"id\":\"i\",\"type\":"
                        + "\"command_execution\",\"aggregated_output\":\""
                        + output
                        + "\",\"status\":\"completed\"}}"))
            .getFirst();
    assertThat(returned.excerpt()).hasSizeLessThanOrEqualTo(AgentEvent.MAX_TEXT);
    assertThat(returned.resultDigest()).isEqualTo(Excerpts.digest(output));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"item.plan.delta\",\"delta\":\"x\"}",
        "{\"type\":\"item.updated\",\"item\":{\"id\":\"i\",\"type\":\"todo_list\",\"items\":[]}}",
        "{\"type\":\"item.completed\",\"item\":{\"id\":\"i\",\"type\":\"of_tomorrow\"}}",
        "{\"type\":\"item.completed\",\"item\":null}",
        "{\"type\":\"item.started\"}",
        "{\"type\":\"thread.started\"}",
        "{\"type\":\"something.new\",\"x\":[1,{\"y\":null}]}",
        "{\"type\":7}",
        "{}",
        "   "
      })
  void what_is_not_known_says_nothing(String line) {
    assertThat(read(reader(""), line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"turn.completed\"}",
        "{\"type\":\"turn.completed\",\"usage\":\"many\"}",
        "{\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":-5,\"output_tokens\":1e400}}",
        "{\"type\":\"turn.failed\",\"error\":\"words\"}",
        "{\"type\":\"error\"}",
        "not json",
        "{\"type\":"
      })
  void nothing_that_a_line_holds_is_ever_an_error(String line) {
    CodexReader reader = reader("");
    assertThatCode(
            () -> {
              read(reader, STARTED, line);
              reader.end();
            })
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "{", "[]\n", "{\"payload\":3}\n", "\u0000\uFFFD\n"})
  void nothing_that_a_record_holds_is_ever_an_error(String text) throws Exception {
    Files.writeString(rolloutFile(), text);
    assertThat(read(reader(""), STARTED, item())).isNotEmpty();
  }

  @Test
  void a_record_with_an_endless_line_is_read_on_behind_it() throws Exception {
    Files.writeString(
        rolloutFile(), "x".repeat(1_000_000) + "\n" + context("gpt-5.5") + total(1000, 10));
    assertThat(totals(read(reader(""), STARTED, item())).inputTokens()).isEqualTo(1000);
  }

  private List<AgentEvent> whole(String transcript) throws Exception {
    record(transcript);
    CodexReader reader = reader("");
    List<AgentEvent> events = new ArrayList<>(read(reader, recorded("codex-" + transcript)));
    events.addAll(reader.end());
    return events;
  }

  private CodexReader reader(String model) {
    return new CodexReader(
        new Excerpts(Redactor.of(Map.of())),
        new CodexUsage(PriceList.listed(), model),
        session -> CodexRollout.of(state, session));
  }

  private void record(String transcript) throws IOException {
    Files.write(rolloutFile(), recorded("codex-" + transcript + ".rollout"));
  }

  private Path rolloutFile() throws IOException {
    return Files.createDirectories(state.resolve("sessions/2026/11/21"))
        .resolve("rollout-2026-11-21T10-00-00-" + SESSION + ".jsonl");
  }

  private static String context(String model) {
    return "{\"type\":\"turn_context\",\"payload\":{\"turn_id\":\"t\",\"model\":\""
        + model
        + "\"}}\n";
  }

  private static String total(long input, long output) {
    return "{\"type\":\"event_msg\",\"payload\":{\"type\":\"token_count\",\"info\":"
        + "{\"total_token_usage\":{\"input_tokens\":"
        + input
        + ",\"output_tokens\":"
        + output
        + "}}}}\n";
  }

  private static String item() {
    return "{\"type\":\"item.started\",\"item\":{\"id\":\"i\",\"type\":\"command_execution\"}}";
  }

  private static Usage totals(List<AgentEvent> events) {
    return only(AgentEvent.Used.class, events).getLast().total();
  }

  private static AgentEvent.Terminal lastWord(List<AgentEvent> events) {
    return only(AgentEvent.Terminal.class, events).getLast();
  }
}
