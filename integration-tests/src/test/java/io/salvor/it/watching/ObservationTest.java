package io.salvor.it.watching;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.AttemptSummary;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Event;
import io.salvor.v1.GetReportRequest;
import io.salvor.v1.GetReportRequest.Grouping;
import io.salvor.v1.GetTraceRequest;
import io.salvor.v1.Limits;
import io.salvor.v1.Report;
import io.salvor.v1.ReportRow;
import io.salvor.v1.Span;
import io.salvor.v1.Span.Kind;
import io.salvor.v1.Span.Outcome;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamEventsResponse;
import io.salvor.v1.Task;
import io.salvor.v1.ToolCall;
import io.salvor.v1.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Traces, events and reports of what really happened.
final class ObservationTest {
  private static final String SAY = "say() { printf '%s\\n' \"$1\"; }\n";
  private static final String WORKS =
      SAY
          + """
          say '{"salvor":"session","id":"s-1","model":"m-1"}'
          say '{"salvor":"tool_call","id":"a","tool":"Bash","input":"make test"}'
          say '{"salvor":"tool_result","id":"a","ok":false,"output":"no"}'
          say '{"salvor":"usage","input_tokens":100,"output_tokens":7,"turns":1,"cost_usd":"0.25"}'
          """;

  @AutoClose private final Bench bench = Bench.started("observation");

  private Task ends(ScratchProject project, String script, Task.State state, Limits limits) {
    Task.Builder job = job(project, Scripts.script(script)).setLimits(limits);
    Task task = bench.author().createAndDispatch(job);
    return bench.author().await(task.getName(), state);
  }

  private Task ends(ScratchProject project, String script, Task.State state) {
    return ends(project, script, state, Limits.getDefaultInstance());
  }

  private Trace trace(Task task) {
    var request = GetTraceRequest.newBuilder().setName(task.getName()).build();
    return bench.author().observation().getTrace(request).getTrace();
  }

  private static List<Span> spans(Trace trace, Kind kind) {
    return trace.getSpansList().stream().filter(it -> it.getKind() == kind).toList();
  }

  private List<Event> events(StreamEventsRequest.Builder request) {
    Iterator<StreamEventsResponse> replies =
        bench.author().observation().streamEvents(request.build());
    var events = new ArrayList<Event>();
    replies.forEachRemaining(it -> events.addAll(it.getEventsList()));
    return events;
  }

  @Test
  void a_merged_task_is_a_tree_that_is_the_same_after_a_restart() {
    ScratchProject project = bench.project();
    Task task = ends(project, WORKS + "git commit -q --allow-empty -m Work", Task.State.REVIEW);
    bench.reviewer().approveAndMerge(task.getName());
    bench.author().await(task.getName(), Task.State.MERGED);
    Trace trace = trace(task);
    assertThat(trace.getSpansList())
        .extracting(Span::getKind)
        .containsExactly(
            Kind.TASK,
            Kind.QUEUE,
            Kind.ATTEMPT,
            Kind.SETUP,
            Kind.SPAWN,
            Kind.AGENT,
            Kind.TURN,
            Kind.TOOL,
            Kind.STOP,
            Kind.REVIEW,
            Kind.MERGE);
    assertThat(spans(trace, Kind.TASK).getFirst().getOutcome()).isEqualTo(Outcome.OK);
    assertThat(spans(trace, Kind.TASK).getFirst().getUsage().getCostMicroUsd()).isEqualTo(250_000);
    Span agent = spans(trace, Kind.AGENT).getFirst();
    assertThat(agent.getModel()).isEqualTo("m-1");
    assertThat(agent.getSession()).isEqualTo("s-1");
    assertThat(spans(trace, Kind.TOOL).getFirst().getOutcome()).isEqualTo(Outcome.FAILED);
    assertThat(spans(trace, Kind.TOOL).getFirst().getParentSpanId())
        .isEqualTo(spans(trace, Kind.TURN).getFirst().getSpanId());

    bench.restartAfterKill();
    assertThat(trace(task)).isEqualTo(trace);

    var printed =
        new CommandLine(bench.home(), project.root(), "user:ann")
            .run("task", "trace", task.getDisplayId());
    assertThat(printed.status()).as("%s", printed).isZero();
    assertThat(printed.out()).contains("└─ merge into main").contains("$0.25, 100 in, 7 out");
  }

  @Test
  void events_say_how_bad_how_soon_and_what_to_type_and_go_on_from_a_cursor() {
    ScratchProject project = bench.project();
    Task failed = ends(project, WORKS + "exit 7", Task.State.FAILED);
    Task asked =
        ends(
            project, SAY + "say '{\"salvor\":\"question\",\"text\":\"Red?\"}'", Task.State.BLOCKED);

    List<Event> bad =
        events(StreamEventsRequest.newBuilder().setMinSeverity(Event.Severity.WARNING));
    assertThat(bad)
        .extracting(Event::getCause)
        .containsExactly("subprocess_exited_nonzero", "input_required");
    Event error = bad.getFirst();
    assertThat(error.getFormat()).isEqualTo("salvor.event.v1");
    assertThat(error.getSeverity()).isEqualTo(Event.Severity.ERROR);
    assertThat(error.getUrgency()).isEqualTo(Event.Urgency.TODAY);
    assertThat(error.getDisplayId()).isEqualTo(failed.getDisplayId());
    assertThat(error.getProject()).isEqualTo(failed.getProject());
    assertThat(error.getAttempt()).isEqualTo(1);
    assertThat(error.getCommand())
        .as("what the recovery matrix says")
        .isEqualTo(bench.author().tasks().diagnoseTask(diagnose(failed)).getRemedy().getCommand());
    assertThat(bad.getLast().getCommand())
        .isEqualTo("salvor task answer " + asked.getDisplayId() + " -F -");

    List<Event> all = events(StreamEventsRequest.newBuilder());
    for (Event event : all) {
      assertThat(events(StreamEventsRequest.newBuilder().setAfterSeq(event.getSeq())))
          .isEqualTo(all.subList(all.indexOf(event) + 1, all.size()));
    }
    assertThat(events(StreamEventsRequest.newBuilder().setTask("tasks/" + asked.getDisplayId())))
        .isNotEmpty()
        .allMatch(it -> it.getTask().equals(asked.getName()));
    assertThat(events(StreamEventsRequest.newBuilder().setProject("/elsewhere"))).isEmpty();
    Timestamp later =
        Timestamp.newBuilder().setSeconds(Instant.now().plusSeconds(3600).getEpochSecond()).build();
    assertThat(events(StreamEventsRequest.newBuilder().setSinceTime(later))).isEmpty();
    assertThat(events(StreamEventsRequest.newBuilder().setSinceTime(all.get(3).getTime())))
        .contains(all.get(3))
        .doesNotContain(all.get(0));
  }

  @Test
  void who_follows_events_is_told_of_those_to_come() {
    Iterator<StreamEventsResponse> replies =
        bench
            .author()
            .observation()
            .streamEvents(
                StreamEventsRequest.newBuilder()
                    .setFollow(true)
                    .setMinSeverity(Event.Severity.ERROR)
                    .build());
    Task failed = ends(bench.project(), "exit 3", Task.State.FAILED);
    List<Event> told = List.of();
    while (told.isEmpty()) {
      told = replies.next().getEventsList();
    }
    assertThat(told.getFirst().getTask()).isEqualTo(failed.getName());
  }

  @Test
  void a_report_adds_up_what_ended() {
    ScratchProject project = bench.project();
    Task merged = ends(project, WORKS + "git commit -q --allow-empty -m Work", Task.State.REVIEW);
    bench.reviewer().approveAndMerge(merged.getName());
    bench.author().await(merged.getName(), Task.State.MERGED);
    Task resumed =
        ends(project, WORKS + "[ -e half ] && exit 0; echo x >half; exit 7", Task.State.FAILED);
    bench.author().dispatchResuming(resumed.getName());
    bench.author().await(resumed.getName(), Task.State.REVIEW, 2);
    Task dead = ends(bench.project(), "echo work >left; kill -9 $$", Task.State.FAILED);
    var salvaged =
        new CommandLine(bench.home(), project.root(), "user:ann")
            .run("task", "salvage", dead.getDisplayId());
    assertThat(salvaged.status()).as("%s", salvaged).isZero();

    Report report = report(Grouping.ENDING);
    assertThat(report.getTotal().getTasks()).isEqualTo(3);
    assertThat(report.getTotal().getMerged()).isEqualTo(1);
    assertThat(report.getTotal().getSalvaged()).isEqualTo(1);
    assertThat(report.getTotal().getAttempts()).isEqualTo(4);
    assertThat(report.getTotal().getSucceeded()).isEqualTo(2);
    assertThat(report.getTotal().getResumed()).isEqualTo(1);
    assertThat(report.getTotal().getResumedSucceeded()).isEqualTo(1);
    assertThat(report.getTotal().getUsage().getInputTokens()).isEqualTo(300);
    assertThat(report.getTotal().getUsage().getCostMicroUsd()).isEqualTo(750_000);
    assertThat(report.getTotal().hasMedianDuration()).isTrue();
    assertThat(report.getRowsList())
        .extracting(ReportRow::getKey)
        .containsExactly("killed_by_signal", "subprocess_exited_nonzero", "success");
    assertThat(report(Grouping.PROJECT).getRowsList())
        .extracting(ReportRow::getAttempts)
        .containsExactlyInAnyOrder(3, 1);
    assertThat(report(Grouping.AGENT).getRowsList())
        .extracting(ReportRow::getKey)
        .containsExactly("command");
    assertThat(report(Grouping.DAY).getRows(0).getKey()).matches("\\d{4}-\\d{2}-\\d{2}");
  }

  private Report report(Grouping grouping) {
    return bench
        .author()
        .observation()
        .getReport(GetReportRequest.newBuilder().setGrouping(grouping).build())
        .getReport();
  }

  @Test
  void an_attempt_that_ran_out_of_time_says_where_it_went() {
    String script =
        WORKS
            + """
            echo more >more.txt; git add -- more.txt; git commit -q -m More; echo left >left.txt
            say '{"salvor":"tool_call","id":"b","tool":"Wait","input":"for ever"}'
            exec sleep 1000
            """;
    Limits limits = Limits.newBuilder().setDeadline(Client.duration(Duration.ofSeconds(3))).build();
    Task task = ends(bench.project(), script, Task.State.FAILED, limits);
    assertThat(task.getAttempts(0).getEnding().getReason()).isEqualTo("deadline_exceeded");
    AttemptSummary summary =
        bench.author().tasks().diagnoseTask(diagnose(task)).getAttemptSummary();
    assertThat(summary.getTimedOut()).isTrue();
    assertThat(summary.getLastCall().getTool()).isEqualTo("Bash");
    assertThat(summary.getLastCall().getOk()).isFalse();
    assertThat(summary.getOpenCallsList())
        .extracting(ToolCall::getTool, ToolCall::getInput)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("Wait", "for ever"));
    assertThat(summary.getToolsList()).hasSize(2);
    assertThat(summary.getTools(0).getTool()).isEqualTo("Wait");
    assertThat(summary.getTools(1).getFailed()).isEqualTo(1);
    assertThat(summary.getChanged())
        .as("committed and uncommitted")
        .contains("more.txt")
        .contains("left.txt");
    assertThat(spans(trace(task), Kind.TOOL).getLast().getOutcome()).isEqualTo(Outcome.OPEN);
  }

  private static DiagnoseTaskRequest diagnose(Task task) {
    return DiagnoseTaskRequest.newBuilder().setName(task.getName()).build();
  }
}
