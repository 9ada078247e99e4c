package io.salvor.server.grpc;

import io.grpc.stub.StreamObserver;
import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.text.ShellWord;
import io.salvor.domain.workspace.Project;
import io.salvor.server.access.Callers;
import io.salvor.server.config.RepositorySettings;
import io.salvor.server.errors.Errors;
import io.salvor.v1.AcceptProjectSettingsRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.GetProjectSettingsRequest;
import io.salvor.v1.ProjectServiceGrpc;
import io.salvor.v1.ProjectSettings;
import io.salvor.v1.RevokeProjectSettingsRequest;

/// ProjectService. Each call has a thread of its own.
final class ProjectCalls extends ProjectServiceGrpc.ProjectServiceImplBase {
  private final SettingsOfProjects settings;
  private final Commands commands;

  ProjectCalls(SettingsOfProjects settings, Commands commands) {
    this.settings = settings;
    this.commands = commands;
  }

  @Override
  public void getProjectSettings(
      GetProjectSettingsRequest request, StreamObserver<ProjectSettings> observer) {
    Call.unary(observer, () -> message(settings.project("project", request.getProject())));
  }

  @Override
  public void acceptProjectSettings(
      AcceptProjectSettingsRequest request, StreamObserver<ProjectSettings> observer) {
    Call.unary(observer, () -> accept(request));
  }

  private ProjectSettings accept(AcceptProjectSettingsRequest request) throws InterruptedException {
    if (Callers.current().value().startsWith("agent:")) {
      throw Errors.failure(
          ErrorReason.Code.ACTOR_DENIED,
          "an agent may not accept what is run around it",
          "salvor project accept  (as a person, outside of an attempt)");
    }
    Project project = settings.project("project", request.getProject());
    RepositorySettings file =
        settings
            .inRepository(project)
            .orElseThrow(() ->
                Errors.failure(
                    ErrorReason.Code.NOTHING_THERE,
                    project.root() + " has no salvor.toml",
                    "salvor project show " + ShellWord.of(project.root())));
    if (!file.hash().equals(request.getHash())) {
      throw Errors.failure(
          ErrorReason.Code.ETAG_MISMATCH,
          file.file() + " is not what was looked at",
          "salvor project show " + ShellWord.of(project.root()));
    }
    commands.govern(
        new InstanceCommand.AcceptSettings(project.root(), file.hash()),
        new Commands.Terms("AcceptProjectSettings", request.getRequestId(), request, ""));
    return message(project);
  }

  @Override
  public void revokeProjectSettings(
      RevokeProjectSettingsRequest request, StreamObserver<ProjectSettings> observer) {
    Call.unary(
        observer,
        () -> {
          Project project = settings.project("project", request.getProject());
          commands.govern(
              new InstanceCommand.RevokeSettings(project.root()),
              new Commands.Terms("RevokeProjectSettings", request.getRequestId(), request, ""));
          return message(project);
        });
  }

  private ProjectSettings message(Project project) {
    var message = ProjectSettings.newBuilder().setProject(project.root());
    settings
        .inRepository(project)
        .ifPresent(file ->
            message
                .setFile(file.file().toString())
                .setHash(file.hash())
                .setAccepted(settings.isAccepted(project, file)));
    switch (settings.look(project)) {
      case SettingsOfProjects.Found.None() -> {}
      case SettingsOfProjects.Found.Configured(var configured) ->
          fill(message.setSource(ProjectSettings.Source.CONFIGURATION), configured);
      case SettingsOfProjects.Found.InRepository(var file, var _) ->
          fill(message.setSource(ProjectSettings.Source.REPOSITORY), file.settings());
    }
    return message.build();
  }

  private static void fill(
      ProjectSettings.Builder message, io.salvor.server.config.ProjectSettings settings) {
    message
        .addAllCopy(settings.copy())
        .addAllSetup(settings.setup())
        .addAllGates(settings.gates())
        .setSetupLimit(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(settings.setupLimit().toSeconds())
                .setNanos(settings.setupLimit().toNanosPart()));
  }
}
