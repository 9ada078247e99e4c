package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.salvor.v1.GetTraceRequest;
import io.salvor.v1.GetTraceResponse;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.Span;
import io.salvor.v1.Trace;
import io.salvor.v1.Usage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TraceCommandTest {
  private static final String TRACE_ID = "0198a0b0000070008000000000000001";

  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Span.Builder span(
      int id, int parent, Span.Kind kind, String name, long began, long ended) {
    var span =
        Span.newBuilder()
            .setSpanId("%016x".formatted(id))
            .setParentSpanId(parent == 0 ? "" : "%016x".formatted(parent))
            .setKind(kind)
            .setName(name)
            .setAttempt(parent == 0 ? 0 : 1)
            .setFirstSeq(id)
            .setStartTime(Samples.ago(began))
            .setOutcome(Span.Outcome.OPEN);
    return ended < 0
        ? span
        : span.setEndTime(Samples.ago(ended)).setOutcome(Span.Outcome.OK).setLastSeq(id + 20);
  }

  private static Trace trace() {
    Usage usage =
        Usage.newBuilder()
            .setInputTokens(10)
            .setCacheReadTokens(5)
            .setCacheWriteTokens(3)
            .setOutputTokens(7)
            .setCostMicroUsd(420_000)
            .build();
    return Trace.newBuilder()
        .setFormat("salvor.trace.v1")
        .setTraceId(TRACE_ID)
        .setTask("tasks/" + Samples.UID)
        .setDisplayId("TASK-0001")
        .setTitle("Fix the login timeout")
        .setProject("/home/ann/shop")
        .setAgent("claude")
        .setProtocol("claude")
        .addSpans(span(1, 0, Span.Kind.TASK, "Fix the login timeout", 100, -1).setUsage(usage))
        .addSpans(
            span(2, 1, Span.Kind.ATTEMPT, "attempt 1", 90, 20)
                .setOutcome(Span.Outcome.FAILED)
                .setCause("killed_by_signal")
                .setDetail("signal 9")
                .setUsage(usage))
        .addSpans(
            span(3, 2, Span.Kind.AGENT, "agent claude", 80, 20)
                .setOutcome(Span.Outcome.FAILED)
                .setCause("killed_by_signal")
                .setModel("claude-opus")
                .setSession("s-1")
                .setUsage(usage))
        .addSpans(
            span(4, 3, Span.Kind.TURN, "turn 1", 80, 30).setModel("claude-opus").setUsage(usage))
        .addSpans(
            span(5, 4, Span.Kind.TOOL, "Bash", 70, 30).setCallId("c-1").setDetail("make test"))
        .addSpans(span(6, 4, Span.Kind.TOOL, "Read", 40, -1).setCallId("c-2"))
        .build();
  }

  private void answersTrace() {
    server.on(
        ObservationServiceGrpc.getGetTraceMethod(),
        _ -> GetTraceResponse.newBuilder().setTrace(trace()).build());
  }

  @Test
  void a_trace_is_a_tree_with_lengths_and_what_came_of_each_part() {
    answersTrace();
    var result = cli.run("task", "trace", "1", "--attempt", "1");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines().map(it -> it.replaceAll(" {2,}", "  ")).toList())
        .containsExactly(
            "TASK-0001  Fix the login timeout  1m 40s  open  $0.42, 18 in, 7 out",
            "└─ attempt 1  1m 10s  failed killed_by_signal  $0.42, 18 in, 7 out  signal 9",
            "  └─ agent claude  1m 00s  failed killed_by_signal  $0.42, 18 in, 7 out",
            "  └─ turn 1  50s  ok  $0.42, 18 in, 7 out",
            "  ├─ Bash  40s  ok  make test",
            "  └─ Read  10s  open");
    assertThat(server.asked(GetTraceRequest.class).getLast())
        .isEqualTo(GetTraceRequest.newBuilder().setName("tasks/TASK-0001").setAttempt(1).build());
    assertThat(cli.run("task", "trace", "1", "-o", "json").out())
        .contains("\"format\": \"salvor.trace.v1\"")
        .contains("\"spanId\": \"0000000000000002\"");
  }

  @Test
  void otlp_has_ids_in_hex_numbers_as_texts_and_the_names_of_the_genai_conventions()
      throws IOException {
    answersTrace();
    Path file = directory.resolve("trace.json");
    var written = cli.run("task", "trace", "1", "--otlp", file.toString());
    assertThat(written.exit()).as(written.err()).isZero();
    assertThat(written.out()).isEmpty();
    String text = Files.readString(file);
    assertThat(cli.run("task", "trace", "1", "--otlp", "-").out()).isEqualTo(text);
    checkRequest(text);
  }

  private static void checkRequest(String text) {
    JsonNode resource = new JsonMapper().readTree(text).path("resourceSpans").path(0);
    assertThat(attribute(resource.path("resource"), "service.name").path("stringValue").asString())
        .isEqualTo("salvor");
    JsonNode spans = resource.path("scopeSpans").path(0).path("spans");
    assertThat(spans.size()).isEqualTo(6);
    for (JsonNode span : spans) {
      assertThat(span.path("traceId").asString()).isEqualTo(TRACE_ID);
      assertThat(span.path("spanId").asString()).matches("[0-9a-f]{16}");
      assertThat(span.path("startTimeUnixNano").isString()).isTrue();
      assertThat(Long.parseLong(span.path("endTimeUnixNano").asString()))
          .isGreaterThanOrEqualTo(Long.parseLong(span.path("startTimeUnixNano").asString()));
      assertThat(span.path("kind").isInt()).isTrue();
    }
    assertThat(spans.path(0).has("parentSpanId")).isFalse();
    JsonNode agent = spans.path(2);
    assertThat(agent.path("parentSpanId").asString()).isEqualTo("0000000000000002");
    assertThat(agent.path("name").asString()).isEqualTo("invoke_agent claude");
    assertThat(agent.path("status").path("code").asInt()).isEqualTo(2);
    assertThat(attribute(agent, "error.type").path("stringValue").asString())
        .isEqualTo("killed_by_signal");
    assertThat(attribute(agent, "gen_ai.provider.name").path("stringValue").asString())
        .isEqualTo("anthropic");
    assertThat(attribute(agent, "gen_ai.request.model").path("stringValue").asString())
        .isEqualTo("claude-opus");
    assertThat(attribute(agent, "gen_ai.usage.input_tokens").path("intValue").asString())
        .as("those from a cache are part of it")
        .isEqualTo("18");
    JsonNode tool = spans.path(4);
    assertThat(tool.path("name").asString()).isEqualTo("execute_tool Bash");
    assertThat(attribute(tool, "gen_ai.operation.name").path("stringValue").asString())
        .isEqualTo("execute_tool");
    JsonNode open = spans.path(5);
    assertThat(open.path("endTimeUnixNano").asString())
        .as("what nothing tells the end of ends with what it is part of")
        .isEqualTo(spans.path(3).path("endTimeUnixNano").asString());
  }

  private static JsonNode attribute(JsonNode owner, String key) {
    for (JsonNode pair : owner.path("attributes")) {
      if (pair.path("key").asString().equals(key)) {
        return pair.path("value");
      }
    }
    throw new AssertionError("no attribute " + key + " in " + owner);
  }

  @Test
  void a_collector_gets_the_trace_and_what_it_does_not_take_is_a_failure() throws IOException {
    answersTrace();
    cli.with("OTEL_EXPORTER_OTLP_HEADERS", "x-key=Basic%20a+b%3D%2C, x-raw=100%");
    var bodies = new CopyOnWriteArrayList<String>();
    var asked = new CopyOnWriteArrayList<String>();
    var status = new AtomicInteger(200);
    var answer = new CopyOnWriteArrayList<>(List.of("{}"));
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          bodies.add(body(exchange));
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Content-Type")
                  + " "
                  + exchange.getRequestHeaders().getFirst("x-key")
                  + " "
                  + exchange.getRequestHeaders().getFirst("x-raw"));
          byte[] bytes = answer.getLast().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status.get(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    collector.start();
    String url = "http://127.0.0.1:" + collector.getAddress().getPort();
    try {
      var taken = cli.run("task", "trace", "1", "--otlp-endpoint", url);
      assertThat(taken.exit()).as(taken.err()).isZero();
      assertThat(taken.out()).isEmpty();
      assertThat(taken.err()).contains("6 spans to " + url + "/v1/traces");
      assertThat(asked.getLast()).isEqualTo("POST /v1/traces application/json Basic a+b=, 100%");
      checkRequest(bodies.getLast());

      answer.add("{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"old\"}}");
      var partly = cli.run("task", "trace", "1", "--otlp-endpoint", url + "/v1/traces");
      assertThat(partly.exit()).isEqualTo(1);
      assertThat(partly.err()).contains("did not take 2 spans").contains("old");

      status.set(503);
      answer.add("too busy");
      var refused = cli.run("task", "trace", "1", "--otlp-endpoint", url);
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err()).contains("status 503").contains("too busy");
    } finally {
      collector.stop(0);
    }
    var gone = cli.run("task", "trace", "1", "--otlp-endpoint", url);
    assertThat(gone.exit()).isEqualTo(8);
    assertThat(gone.err()).contains("no collector answers at " + url).contains("--otlp FILE");
    assertThat(cli.run("task", "trace", "1", "--otlp-endpoint", "collector").exit()).isEqualTo(2);
    cli.with("OTEL_EXPORTER_OTLP_HEADERS", "x-key=two%0Alines");
    var unfit = cli.run("task", "trace", "1", "--otlp-endpoint", url);
    assertThat(unfit.exit()).isEqualTo(7);
    assertThat(unfit.err()).contains("OTEL_EXPORTER_OTLP_HEADERS").contains("x-key");
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }
}
