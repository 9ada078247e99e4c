package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.salvor.v1.AttemptSummary;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.EndingCount;
import io.salvor.v1.Event;
import io.salvor.v1.GetReportRequest;
import io.salvor.v1.GetReportResponse;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.Report;
import io.salvor.v1.ReportRow;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamEventsResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.ToolCall;
import io.salvor.v1.ToolTime;
import io.salvor.v1.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObservationCommandsTest {
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
