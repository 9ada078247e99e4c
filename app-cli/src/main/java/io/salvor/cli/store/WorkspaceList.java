package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Table;
import io.salvor.v1.ListWorkspacesRequest;
import io.salvor.v1.ListWorkspacesResponse;
import io.salvor.v1.Workspace;
import io.salvor.v1.WorkspaceServiceGrpc;

/// Lists workspaces.
public final class WorkspaceList extends SalvorCommand {
  private final Word<String> project =
      words.option("--project", "DIR", "only those of this repository");

  public WorkspaceList(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var all = ListWorkspacesResponse.newBuilder();
    String token = "";
    do {
      ListWorkspacesResponse page =
          context()
              .api()
              .call(
                  WorkspaceServiceGrpc.getListWorkspacesMethod(),
                  ListWorkspacesRequest.newBuilder()
                      .setProject(
                          project.said().map(it -> context().path(it).toString()).orElse(""))
                      .setPageSize(1000)
                      .setPageToken(token)
                      .build());
      all.addAllWorkspaces(page.getWorkspacesList());
      all.addAllUnreachable(page.getUnreachableList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    var results = new Results(context());
    if (context().output() == Output.JSONL) {
      all.getWorkspacesList().forEach(workspace -> results.showNext(workspace, () -> ""));
    } else {
      results.show(all, () -> text(all));
    }
    Unreachable.tell(context(), all.getUnreachableList());
    return ExitCode.OK;
  }

  private static String text(ListWorkspacesResponse.Builder all) {
    Table table = new Table("");
    for (Workspace workspace : all.getWorkspacesList()) {
      table.row(
          workspace.getDisplayId(),
          workspace.getOwned() ? workspace.getTaskState().name() : "FOREIGN",
          workspace.getPresent() ? "there" : "gone",
          workspace.getPath());
    }
    return table.toString();
  }
}
