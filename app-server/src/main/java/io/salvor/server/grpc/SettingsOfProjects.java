package io.salvor.server.grpc;

import io.salvor.domain.text.ShellWord;
import io.salvor.domain.workspace.Project;
import io.salvor.domain.workspace.ProjectView;
import io.salvor.domain.workspace.Workspaces;
import io.salvor.server.config.ProjectSettings;
import io.salvor.server.config.RepositorySettings;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.config.ServerConfig.BadConfig;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Whose settings count for a project: the operator's, or else the repository's own once a person
/// has accepted them. Thread-safe; blocks on git and on files.
final class SettingsOfProjects {
  private final Workspaces workspaces;
  private final ServerConfig config;
  private final EngineLoop engine;

  SettingsOfProjects(Workspaces workspaces, ServerConfig config, EngineLoop engine) {
    this.workspaces = workspaces;
    this.config = config;
    this.engine = engine;
  }

  /// What is there to be run.
  sealed interface Found {
    /// Nothing.
    record None() implements Found {}

    /// What the operator wrote.
    record Configured(ProjectSettings settings) implements Found {}

    /// What the repository says.
    ///
    /// @param accepted whether this very file was
    record InRepository(RepositorySettings file, boolean accepted) implements Found {}
  }

  /// The project that this directory belongs to.
  ///
  /// @param field of the request, for errors
  Project project(String field, String directory) {
    return project(workspaces, field, directory);
  }

  /// The same for who asks nothing of its settings.
  static Project project(Workspaces workspaces, String field, String directory) {
    if (!isAbsolutePath(directory)) {
      throw Errors.invalid(field, "a project is an absolute path, not '" + directory + "'");
    }
    return switch (workspaces.inspectProject(directory)) {
      case ProjectView.Usable(var project) -> project;
      case ProjectView.Unusable(var problem) -> throw Errors.problem(problem);
    };
  }

  private static boolean isAbsolutePath(String text) {
    try {
      return Path.of(text).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// Refuses a branch that is not there: it would be found out at the merge only.
  void requireBranch(String field, String project, String name) {
    if (!workspaces.hasBranch(project, name)) {
      throw Errors.invalid(field, "'" + name + "' is no branch of " + project);
    }
  }

  /// Refuses a revision that means nothing there.
  void requireCommit(String project, String revision) {
    if (!workspaces.hasCommit(project, revision)) {
      throw Errors.failure(
          ErrorReason.Code.BASE_NOT_FOUND,
          "'" + revision + "' is no commit in " + project,
          "git -C " + ShellWord.of(project) + " fetch");
    }
  }

  Found look(Project project) {
    Optional<ProjectSettings> configured =
        Optional.ofNullable(config.projects().get(project.root()));
    if (configured.isPresent()) {
      return new Found.Configured(configured.get());
    }
    return inRepository(project)
        .<Found>map(file -> new Found.InRepository(file, isAccepted(project, file)))
        .orElseGet(Found.None::new);
  }

  /// What the repository says itself, whether it counts or not.
  Optional<RepositorySettings> inRepository(Project project) {
    try {
      return RepositorySettings.in(Path.of(project.root()));
    } catch (BadConfig e) {
      throw Errors.invalid("project", String.valueOf(e.getMessage()));
    }
  }

  boolean isAccepted(Project project, RepositorySettings file) {
    return file.hash().equals(engine.instance().acceptedSettings().get(project.root()));
  }

  /// What is run for a task that is made now.
  ///
  /// @throws io.grpc.StatusRuntimeException where nobody has accepted what the repository says
  ProjectSettings inForce(Project project) {
    return switch (look(project)) {
      case Found.None() -> ProjectSettings.NONE;
      case Found.Configured(var settings) -> settings;
      case Found.InRepository(var file, var accepted) -> {
        if (!accepted) {
          throw Errors.failure(
              ErrorReason.Code.SETTINGS_NOT_ACCEPTED,
              file.file() + " says what is run in workspaces, and nobody has accepted it as it is",
              "salvor project show "
                  + ShellWord.of(project.root())
                  + ", then salvor project accept "
                  + ShellWord.of(project.root()));
        }
        yield file.settings();
      }
    };
  }
}
