package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Clean;
import io.salvor.v1.PruneResult;
import io.salvor.v1.PruneWorkspacesRequest;
import io.salvor.v1.PruneWorkspacesResponse;
import io.salvor.v1.WorkspaceServiceGrpc;
import java.time.Duration;

/// Removes the workspaces of merged and cancelled tasks.
public final class WorkspacePrune extends SalvorCommand {
  private static final Duration LONG = Duration.ofMinutes(30);

  private final Word<String> project =
      words.option("--project", "DIR", "only those of this repository");

  private final Word<Boolean> dryRun = words.flag("--dry-run", "only say what would be removed");

  public WorkspacePrune(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    PruneWorkspacesResponse answer =
        context()
            .api()
            .call(
                WorkspaceServiceGrpc.getPruneWorkspacesMethod(),
                PruneWorkspacesRequest.newBuilder()
                    .setProject(project.said().map(it -> context().path(it).toString()).orElse(""))
                    .setValidateOnly(dryRun.or(false))
                    .build(),
                LONG);
    new Results(context()).show(answer, () -> text(answer));
    Unreachable.tell(context(), answer.getUnreachableList());
    return ExitCode.OK;
  }

  private String text(PruneWorkspacesResponse answer) {
    if (answer.getResultsCount() == 0) {
      return "nothing to remove\n";
    }
    var text = new StringBuilder();
    for (PruneResult result : answer.getResultsList()) {
      String outcome =
          switch (result.getOutcome()) {
            case REMOVED -> dryRun.or(false) ? "would be removed" : "removed";
            case KEPT -> "kept";
            case NOT_THERE -> "not there";
            case OUTCOME_UNSPECIFIED, UNRECOGNIZED -> "unknown";
          };
      text.append(result.getWorkspace().getDisplayId()).append("  ").append(outcome);
      text.append("  ").append(result.getWorkspace().getPath()).append('\n');
      result
          .getReasonsList()
          .forEach(reason -> text.append("    ").append(Clean.line(reason)).append('\n'));
    }
    return text.toString();
  }
}
