package io.salvor.domain.admission;

/// Which tasks a limit is for.
public sealed interface Scope {
  /// All.
  record All() implements Scope {}

  /// Those of one agent.
  record OfAgent(String name) implements Scope {}

  /// Those of one project.
  record OfProject(String root) implements Scope {}
}
