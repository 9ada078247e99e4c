package io.salvor.domain.workspace;

/// What was found where a project was said to be.
public sealed interface ProjectView {
  /// A repository that Salvor can work on.
  record Usable(Project project) implements ProjectView {}

  /// Nothing to work on, or a repository with something not supported yet, named.
  record Unusable(WorkspaceProblem problem) implements ProjectView {}
}
