package io.salvor.cli.project;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ProjectChoice;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.GetProjectSettingsRequest;
import io.salvor.v1.ProjectServiceGrpc;
import io.salvor.v1.ProjectSettings;
import java.util.Optional;
import java.util.function.Function;

/// A command about the settings of one project.
abstract class OfProject extends SalvorCommand {
  private final Word<String> directory =
      words.optional("DIR", Function.identity(), "the repository (default: the current one)");

  OfProject(Context context) {
    super(context);
  }

  final String project() {
    return new ProjectChoice(context()).choose(directory.said());
  }

  final ProjectSettings settings() {
    return context()
        .api()
        .call(
            ProjectServiceGrpc.getGetProjectSettingsMethod(),
            GetProjectSettingsRequest.newBuilder().setProject(project()).build());
  }

  final void show(ProjectSettings settings, Optional<String> first) {
    new Results(context())
        .show(settings, () -> first.map(it -> it + "\n").orElse("") + ProjectText.of(settings));
  }
}
