package io.salvor.cli.observe;

import com.google.protobuf.Timestamp;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.ProjectChoice;
import io.salvor.cli.session.Reading;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Moments;
import io.salvor.cli.text.Numbers;
import io.salvor.cli.text.TaskNames;
import io.salvor.cli.text.Times;
import io.salvor.v1.Event;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamEventsResponse;
import java.util.Locale;

/// Shows what happened that somebody should know: one line for each event.
public final class Events extends SalvorCommand {
  private final Word<Boolean> follow = words.flag("-f --follow", "go on with events to come");

  private final Word<Timestamp> since =
      words.option(
          "--since",
          "TIME",
          text -> Moments.timestamp(text, context().surroundings().clock()),
          "only what came since: 10m, 7d, 2026-01-31T12:00:00Z");

  private final Word<Long> after =
      words.option(
          "--after",
          "SEQ",
          text -> Numbers.from(0, text),
          "only what came after the event with this `seq`");

  private final Word<String> task =
      words.option("--task", "TASK", TaskNames::parse, "only what is about this task");

  private final Word<String> project =
      words.option("--project", "DIR", "only what is about tasks of this project");

  private final Word<Event.Severity> severity =
      words.option(
          "--severity",
          "LEVEL",
          Events::severity,
          "only what is so bad, or worse: info (default), warning, error, critical");

  private final Results results;
  private long cursor;

  public Events(Context context) {
    super(context);
    this.results = new Results(context);
  }

  private static Event.Severity severity(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "info" -> Event.Severity.INFO;
      case "warning", "warn" -> Event.Severity.WARNING;
      case "error" -> Event.Severity.ERROR;
      case "critical" -> Event.Severity.CRITICAL;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is none of info, warning, error, critical");
    };
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    cursor = after.or(0L);
    new Reading(context(), results, follow.or(false))
        .toItsEnd(
            () -> context().api().stream(ObservationServiceGrpc.getStreamEventsMethod(), request()),
            this::take);
    return ExitCode.OK;
  }

  private void take(StreamEventsResponse reply) {
    reply.getEventsList().forEach(this::show);
    cursor = Math.max(cursor, reply.getCursor());
  }

  private StreamEventsRequest request() {
    var request = StreamEventsRequest.newBuilder().setAfterSeq(cursor).setFollow(follow.or(false));
    since.said().ifPresent(request::setSinceTime);
    task.said().ifPresent(request::setTask);
    project.said().map(new ProjectChoice(context())::root).ifPresent(request::setProject);
    severity.said().ifPresent(request::setMinSeverity);
    return request.build();
  }

  private void show(Event event) {
    var surroundings = context().surroundings();
    results.showNext(
        event,
        () -> EventText.line(event, new Times(surroundings.clock().instant(), surroundings::zone)));
  }
}
