package io.salvor.process.protocol;

import static io.salvor.process.protocol.Transcript.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The JSON lines of `docs/command-agent.md`.
final class CommandReaderTest {
  private final CommandReader reader =
      new CommandReader(new Excerpts(Redactor.of(Map.of("MY_KEY", "top-secret-key"))));

  @Test
  void each_kind_of_line_says_its_thing() {
    List<AgentEvent> events =
        read(
            reader,
            "{\"salvor\":\"session\",\"id\":\"s-1\",\"model\":\"m\"}",
            "{\"salvor\":\"progress\",\"text\":\"with top-secret-key\"}",
            "{\"salvor\":\"tool_call\",\"id\":1,\"tool\":\"sh\",\"input\":{\"cmd\":\"ls\"}}",
            "{\"salvor\":\"tool_result\",\"id\":1,\"ok\":false,\"output\":\"no\"}",
            "{\"salvor\":\"question\",\"text\":\"which?\"}",
            "{\"salvor\":\"reload\"}",
            "{\"salvor\":\"result\",\"status\":\"success\",\"text\":\"done\",\"denied\":[\"net\"]}");

    assertThat(events.stream().map(CommandReaderTest::placeless))
        .containsExactly(
            new AgentEvent.SessionStarted(HERE, "s-1", Optional.of("m")),
            new AgentEvent.Said(HERE, "with [redacted:MY_KEY]"),
            new AgentEvent.ToolCalled(HERE, "1", "sh", "{\"cmd\":\"ls\"}"),
            new AgentEvent.ToolReturned(HERE, "1", false, Excerpts.digest("no"), "no"),
            new AgentEvent.Asked(HERE, "which?"),
            new AgentEvent.ReloadAsked(HERE),
            new AgentEvent.Terminal(HERE, Verdict.SUCCESS, "done", List.of("net")));
  }

  @Test
  void usage_is_a_total_with_money_as_number_or_text_Z22() {
    String line =
        "{\"salvor\":\"usage\",\"input_tokens\":10,\"output_tokens\":5,\"turns\":2,\"cost_usd\":%s}";

    Usage expected =
        new Usage(10, 5, 0, 0, 2, Optional.of(new MicroUsd(12_346)), CostSource.ACCUMULATED);
    assertThat(usage(line.formatted("0.0123456"))).isEqualTo(expected);
    assertThat(usage(line.formatted("\"0.0123456\""))).isEqualTo(expected);
    assertThat(usage("{\"salvor\":\"usage\",\"input_tokens\":1}").source())
        .isEqualTo(CostSource.UNKNOWN);
  }

  @Test
  void a_count_beyond_all_reason_is_cut() {
    String all =
        "{'salvor':'usage','input_tokens':N,'output_tokens':N,'cache_read_tokens':N,"
            + "'cache_write_tokens':N,'turns':N,'cost_usd':N}";
    long most = 10_000_000_000L;
    assertThat(usage(all.replace('\'', '"').replace("N", Long.toString(Long.MAX_VALUE))))
        .isEqualTo(
            new Usage(most, most, most, most, 1_000_000, Optional.empty(), CostSource.UNKNOWN));
  }

  @ParameterizedTest
  @CsvSource({
    "success, SUCCESS",
    "error, ERROR",
    "cost_limit, COST_LIMIT",
    "turn_limit, TURN_LIMIT",
    "provider_auth, PROVIDER_AUTH",
    "provider_rate_limited, PROVIDER_RATE_LIMITED",
    "provider_outage, PROVIDER_OUTAGE",
    "provider_overloaded, PROVIDER_OVERLOADED",
    "model_unavailable, MODEL_UNAVAILABLE",
  })
  void a_result_has_one_of_a_few_states(String status, Verdict verdict) {
    List<AgentEvent> events = read(reader, "{\"salvor\":\"result\",\"status\":\"" + status + "\"}");

    assertThat(((AgentEvent.Terminal) events.getFirst()).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"90, PT1M30S", "'\"1.5\"', PT1.5S", "0, PT0S", "999999999999, PT192H"})
  void a_result_tells_when_its_provider_wants_to_be_asked_again(String told, Duration delay) {
    assertThat(lastWord(told).retryAfter()).contains(new RetryAfter.In(delay));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "\"soon\"", "1e9", "null", "{}"})
  void a_delay_that_is_none_is_not_told(String told) {
    assertThat(lastWord(told).retryAfter()).isEmpty();
  }

  private AgentEvent.Terminal lastWord(String retryAfter) {
    return (AgentEvent.Terminal)
        read(
                reader,
                "{\"salvor\":\"result\",\"status\":\"provider_rate_limited\",\"retry_after_s\":"
                    + retryAfter
                    + "}")
            .getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain output",
        "{\"json\":\"of another kind\"}",
        "{\"level\":\"info\",\"msg\":\"about \\\"salvor\\\"\"}",
        "{\"salvor\":7}",
        "{\"salvor\":\"of tomorrow\"}",
        "{ torn",
        "[\"salvor\"]",
      })
  void every_other_line_is_plain_output(String line) {
    assertThat(read(reader, line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"salvor\":\"result\",\"status\":\"succ",
        "{\"salvor\":\"result\",\"status\":\"great\"}",
        "{\"salvor\":\"result\"}",
        "{\"salvor\":\"session\"}",
      })
  void a_salvor_line_that_is_not_one_is_unreadable(String line) {
    assertThat(read(reader, line)).hasOnlyElementsOfType(AgentEvent.Unreadable.class).hasSize(1);
  }

  private Usage usage(String line) {
    return ((AgentEvent.Used) read(reader, line).getFirst()).total();
  }

  private static final ByteRange HERE = new ByteRange(0, 0);

  private static AgentEvent placeless(AgentEvent event) {
    return switch (event) {
      case AgentEvent.SessionStarted it ->
          new AgentEvent.SessionStarted(HERE, it.sessionId(), it.model());
      case AgentEvent.Said it -> new AgentEvent.Said(HERE, it.text());
      case AgentEvent.ToolCalled it ->
          new AgentEvent.ToolCalled(HERE, it.callId(), it.tool(), it.input());
      case AgentEvent.ToolReturned it ->
          new AgentEvent.ToolReturned(HERE, it.callId(), it.ok(), it.resultDigest(), it.excerpt());
      case AgentEvent.Used it -> new AgentEvent.Used(HERE, it.total());
      case AgentEvent.ProviderRetry it ->
          new AgentEvent.ProviderRetry(HERE, it.httpStatus(), it.delay());
      case AgentEvent.Asked it -> new AgentEvent.Asked(HERE, it.question());
      case AgentEvent.ReloadAsked _ -> new AgentEvent.ReloadAsked(HERE);
      case AgentEvent.Terminal it ->
          new AgentEvent.Terminal(HERE, it.verdict(), it.text(), it.deniedTools());
      case AgentEvent.Unreadable it -> new AgentEvent.Unreadable(HERE, it.why());
    };
  }
}
