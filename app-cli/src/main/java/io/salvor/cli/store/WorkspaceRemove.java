package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.text.Clean;
import io.salvor.v1.RemoveWorkspaceRequest;
import io.salvor.v1.RemoveWorkspaceResponse;
import io.salvor.v1.WorkspaceServiceGrpc;

/// Removes a workspace if all that is in it is provably elsewhere.
public final class WorkspaceRemove extends OfTask {
  public WorkspaceRemove(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    RemoveWorkspaceResponse answer =
        context()
            .api()
            .call(
                WorkspaceServiceGrpc.getRemoveWorkspaceMethod(),
                RemoveWorkspaceRequest.newBuilder().setName(name() + "/workspace").build());
    new Results(context()).show(answer, () -> text(answer));
    return ExitCode.OK;
  }

  private static String text(RemoveWorkspaceResponse answer) {
    var text = new StringBuilder("removed " + answer.getPath() + "\n");
    if (answer.getIgnoredFilesCount() > 0) {
      text.append("with files that git ignores:\n");
      answer
          .getIgnoredFilesList()
          .forEach(file -> text.append("  ").append(Clean.line(file)).append('\n'));
    }
    return text.toString();
  }
}
