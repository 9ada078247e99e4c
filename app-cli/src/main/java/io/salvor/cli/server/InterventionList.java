package io.salvor.cli.server;

import com.google.protobuf.Timestamp;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.ProjectChoice;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Moments;
import io.salvor.cli.text.Numbers;
import io.salvor.cli.text.Times;
import io.salvor.v1.Intervention;
import io.salvor.v1.ListInterventionsRequest;
import io.salvor.v1.ListInterventionsResponse;
import io.salvor.v1.RecordServiceGrpc;

/// Lists what people forced, newest first.
public final class InterventionList extends SalvorCommand {
  private final Word<Timestamp> since =
      words.option(
          "--since",
          "TIME",
          text -> Moments.timestamp(text, context().surroundings().clock()),
          "only what came since: 2h, 7d, 2026-01-31T12:00:00Z");

  private final Word<String> project =
      words.option("--project", "DIR", "only what is about tasks of this project");

  private final Word<String> actor =
      words.option("--actor", "ACTOR", "only what this one did: user:ann");

  private final Word<Integer> limit =
      words.option("--limit", "NUMBER", Numbers::count, "at most so many (default: 100)");

  private final Results results;
  private final ListInterventionsResponse.Builder all = ListInterventionsResponse.newBuilder();
  private int shown;

  public InterventionList(Context context) {
    super(context);
    this.results = new Results(context);
  }

  @Override
  protected ExitCode run() {
    int most = limit.or(100);
    String token = "";
    do {
      ListInterventionsResponse page =
          context()
              .api()
              .call(RecordServiceGrpc.getListInterventionsMethod(), request(most - shown, token));
      page.getInterventionsList().forEach(this::show);
      token = page.getNextPageToken();
    } while (!token.isEmpty() && shown < most && !results.unread());
    if (context().output() == Output.JSON) {
      results.show(all.setNextPageToken(token), () -> "");
    } else if (shown == 0 && context().output() == Output.TEXT) {
      context().err().println("nobody forced anything");
    }
    return ExitCode.OK;
  }

  private ListInterventionsRequest request(int size, String token) {
    var request =
        ListInterventionsRequest.newBuilder()
            .setPageSize(Math.clamp(size, 1, 1_000))
            .setPageToken(token)
            .setActor(actor.or(""));
    since.said().ifPresent(request::setSinceTime);
    project.said().map(new ProjectChoice(context())::root).ifPresent(request::setProject);
    return request.build();
  }

  private void show(Intervention intervention) {
    shown++;
    if (context().output() == Output.JSON) {
      all.addInterventions(intervention);
    } else {
      results.showNext(intervention, () -> line(intervention));
    }
  }

  private String line(Intervention it) {
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    return "%s  %-9s  %-10s  %s  %s%n"
        .formatted(
            times.date(it.getTime()),
            it.getKind(),
            it.getDisplayId().isEmpty() ? "-" : it.getDisplayId(),
            it.getActor(),
            Clean.line(it.getSummary(), 300));
  }
}
