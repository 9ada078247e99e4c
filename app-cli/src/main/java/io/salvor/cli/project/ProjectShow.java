package io.salvor.cli.project;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import java.util.Optional;

/// Shows what is run in a project's workspaces besides agents.
public final class ProjectShow extends OfProject {
  public ProjectShow(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    show(settings(), Optional.empty());
    return ExitCode.OK;
  }
}
