package io.salvor.cli.project;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.v1.ProjectServiceGrpc;
import io.salvor.v1.RevokeProjectSettingsRequest;
import java.util.Optional;
import java.util.UUID;

/// Takes back that a repository's own settings were accepted.
public final class ProjectRevoke extends OfProject {
  public ProjectRevoke(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        RevokeProjectSettingsRequest.newBuilder()
            .setProject(project())
            .setRequestId(UUID.randomUUID().toString())
            .build();
    show(
        context().api().call(ProjectServiceGrpc.getRevokeProjectSettingsMethod(), request),
        Optional.of("no longer accepted"));
    return ExitCode.OK;
  }
}
