package io.salvor.cli.observe;

import com.google.protobuf.Timestamp;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Moments;
import io.salvor.cli.text.Times;
import io.salvor.v1.GetReportRequest;
import io.salvor.v1.GetReportRequest.Grouping;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.Report;
import java.util.Locale;

/// Adds up what came of the attempts that ended in a span of time.
public final class ReportCommand extends SalvorCommand {
  private final Word<Timestamp> since =
      words.option(
          "--since",
          "TIME",
          text -> Moments.timestamp(text, context().surroundings().clock()),
          "attempts that ended since: 24h, 7d (default), 2026-01-31T12:00:00Z");

  private final Word<Grouping> by =
      words.option(
          "--by", "GROUP", ReportCommand::grouping, "a row for each agent, project, day or ending");

  public ReportCommand(Context context) {
    super(context);
  }

  private static Grouping grouping(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "agent" -> Grouping.AGENT;
      case "project" -> Grouping.PROJECT;
      case "day" -> Grouping.DAY;
      case "ending" -> Grouping.ENDING;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is none of agent, project, day, ending");
    };
  }

  @Override
  protected ExitCode run() {
    var request = GetReportRequest.newBuilder().setGrouping(by.or(Grouping.GROUPING_UNSPECIFIED));
    since.said().ifPresent(request::setSinceTime);
    Report report =
        context()
            .api()
            .call(ObservationServiceGrpc.getGetReportMethod(), request.build())
            .getReport();
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    new Results(context()).show(report, () -> ReportText.of(report, times));
    return ExitCode.OK;
  }
}
