package io.salvor.cli.project;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Word;
import io.salvor.v1.AcceptProjectSettingsRequest;
import io.salvor.v1.ProjectServiceGrpc;
import io.salvor.v1.ProjectSettings;
import java.util.Optional;
import java.util.UUID;

/// Accepts what a repository's `salvor.toml` says, as it is.
public final class ProjectAccept extends OfProject {
  private final Word<String> hash =
      words.option("--hash", "SHA256", "only where the file has this hash (default: as it is)");

  public ProjectAccept(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    ProjectSettings found = settings();
    if (found.getFile().isEmpty()) {
      throw new Failure(
          ExitCode.WRONG_STATE,
          "NOTHING_THERE",
          found.getProject() + " has no salvor.toml, so there is nothing to accept",
          "salvor project show " + found.getProject());
    }
    ProjectSettings accepted =
        context()
            .api()
            .call(
                ProjectServiceGrpc.getAcceptProjectSettingsMethod(),
                AcceptProjectSettingsRequest.newBuilder()
                    .setProject(found.getProject())
                    .setHash(hash.or(found.getHash()))
                    .setRequestId(UUID.randomUUID().toString())
                    .build());
    show(accepted, Optional.of("accepted, until the file changes"));
    return ExitCode.OK;
  }
}
