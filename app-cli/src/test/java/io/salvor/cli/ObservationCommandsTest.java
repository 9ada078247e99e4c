package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import io.salvor.v1.AttemptSummary;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.EndingCount;
import io.salvor.v1.Event;
import io.salvor.v1.GetReportRequest;
import io.salvor.v1.GetReportResponse;
import io.salvor.v1.GetTraceRequest;
import io.salvor.v1.GetTraceResponse;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.Report;
import io.salvor.v1.ReportRow;
import io.salvor.v1.Span;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamEventsResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.ToolCall;
import io.salvor.v1.ToolTime;
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

final class ObservationCommandsTest {
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
    cli.with("OTEL_EXPORTER_OTLP_HEADERS", "x-key=secret");
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
                  + exchange.getRequestHeaders().getFirst("x-key"));
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
      assertThat(asked.getLast()).isEqualTo("POST /v1/traces application/json secret");
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
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Event event(long seq) {
    return Event.newBuilder()
        .setFormat("salvor.event.v1")
        .setSeq(seq)
        .setTime(Samples.ago(60))
        .setSeverity(Event.Severity.ERROR)
        .setUrgency(Event.Urgency.TODAY)
        .setCause("oom_killed")
        .setTask("tasks/" + Samples.UID)
        .setDisplayId("TASK-0001")
        .setAttempt(2)
        .setText("failed: oom_killed")
        .setCommand("salvor task dispatch --resume TASK-0001")
        .build();
  }

  @Test
  void events_are_lines_that_say_what_to_type() {
    server.onStream(
        ObservationServiceGrpc.getStreamEventsMethod(),
        (_, replies) -> {
          replies.onNext(
              StreamEventsResponse.newBuilder().addEvents(event(7)).setCursor(9).build());
          replies.onCompleted();
        });
    var result =
        cli.run("events", "--since", "1h", "--task", "1", "--severity", "error", "--after", "3");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "2026-03-01 11:59:00  error     today  TASK-0001/2  oom_killed: failed: oom_killed"
                + "  ->  salvor task dispatch --resume TASK-0001\n");
    assertThat(server.asked(StreamEventsRequest.class).getLast())
        .isEqualTo(
            StreamEventsRequest.newBuilder()
                .setAfterSeq(3)
                .setSinceTime(Timestamp.newBuilder().setSeconds(Cli.NOW.getEpochSecond() - 3600))
                .setTask("tasks/TASK-0001")
                .setMinSeverity(Event.Severity.ERROR)
                .build());
    assertThat(cli.run("events", "-o", "jsonl").out())
        .startsWith("{\"format\":\"salvor.event.v1\",\"seq\":\"7\",")
        .endsWith("}\n");
    assertThat(cli.run("events", "--severity", "bad").exit()).isEqualTo(2);
  }

  @Test
  void followed_events_go_on_where_they_broke_off() {
    var calls = new AtomicInteger();
    server.onStream(
        ObservationServiceGrpc.getStreamEventsMethod(),
        (_, replies) -> {
          int call = calls.incrementAndGet();
          if (call < 3) {
            replies.onNext(
                StreamEventsResponse.newBuilder()
                    .addEvents(event(call))
                    .setCursor(call * 10L)
                    .build());
            replies.onError(Status.UNAVAILABLE.asRuntimeException());
          } else {
            replies.onCompleted();
          }
        });
    var result = cli.realTime().run("events", "-f", "-o", "jsonl");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines()).hasSize(2);
    assertThat(server.asked(StreamEventsRequest.class))
        .extracting(StreamEventsRequest::getAfterSeq)
        .containsExactly(0L, 10L, 20L);
  }

  @Test
  void a_report_is_a_table_with_rates() {
    ReportRow row =
        ReportRow.newBuilder()
            .setKey("claude")
            .setTasks(4)
            .setMerged(3)
            .setSalvaged(1)
            .setAttempts(5)
            .setSucceeded(3)
            .setResumed(2)
            .setResumedSucceeded(1)
            .addEndings(EndingCount.newBuilder().setReason("success").setCount(3))
            .addEndings(EndingCount.newBuilder().setReason("oom_killed").setCount(2))
            .setUsage(Usage.newBuilder().setInputTokens(1200).setOutputTokens(34))
            .setMedianDuration(Duration.newBuilder().setSeconds(125))
            .setP90Duration(Duration.newBuilder().setSeconds(3600))
            .build();
    server.on(
        ObservationServiceGrpc.getGetReportMethod(),
        _ ->
            GetReportResponse.newBuilder()
                .setReport(
                    Report.newBuilder()
                        .setFormat("salvor.report.v1")
                        .setSinceTime(Samples.ago(86_400))
                        .setUntilTime(Samples.ago(0))
                        .addRows(row)
                        .setTotal(row.toBuilder().setKey("")))
                .build());
    var result = cli.run("report", "--since", "24h", "--by", "agent");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out().lines().map(it -> it.replaceAll(" {2,}", "  ")).toList())
        .contains(
            "attempts that ended from 2026-02-28 12:00:00 to 2026-03-01 12:00:00",
            "claude  4  3 (75 %)  1 (25 %)  5  3 (60 %)  1 of 2  2m 05s  1h 00m  1,200  34"
                + "  unknown",
            "endings: 3 success, 2 oom_killed");
    assertThat(server.asked(GetReportRequest.class).getLast().getGrouping())
        .isEqualTo(GetReportRequest.Grouping.AGENT);
    assertThat(cli.run("report", "-o", "json").out()).contains("\"format\": \"salvor.report.v1\"");
    assertThat(cli.run("report", "--by", "moon").exit()).isEqualTo(2);
  }

  @Test
  void a_diagnosis_of_what_ran_out_of_time_says_where_it_went() {
    server.on(
        TaskServiceGrpc.getDiagnoseTaskMethod(),
        (DiagnoseTaskRequest _) ->
            Diagnosis.newBuilder()
                .setTask(Samples.task(Task.State.FAILED))
                .setAttemptSummary(
                    AttemptSummary.newBuilder()
                        .setAttempt(1)
                        .setTimedOut(true)
                        .setLasted(Duration.newBuilder().setSeconds(600))
                        .setLastCall(call("Read", 3).setOk(true))
                        .addOpenCalls(call("Bash", 540))
                        .addTools(
                            ToolTime.newBuilder()
                                .setTool("Bash")
                                .setCalls(3)
                                .setFailed(1)
                                .setTime(Duration.newBuilder().setSeconds(580)))
                        .setChanged(" cart.py | 2 +-\n"))
                .build());
    assertThat(
            cli.run("task", "diagnose", "1").out().lines().map(it -> it.replaceAll(" {2,}", "  ")))
        .containsSequence(
            "its time, 10m 00s in all",
            "  open  since 11:59:00.000  9m 00s  Bash make test",
            "  last  ok at 11:59:00.000  3s  Read make test",
            "  in all  3 calls, 1 failed  9m 40s  Bash",
            "",
            "what it changed",
            "  cart.py | 2 +-");
  }

  private static ToolCall.Builder call(String tool, long seconds) {
    return ToolCall.newBuilder()
        .setTool(tool)
        .setInput("make test")
        .setStartTime(Samples.ago(60))
        .setLasted(Duration.newBuilder().setSeconds(seconds));
  }
}
