package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;

/// A refusal on its way to the port's door, where it becomes a value.
final class Unworkable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient WorkspaceProblem problem;

  Unworkable(Kind kind, String detail, String hint) {
    super(detail);
    this.problem = new WorkspaceProblem(kind, detail, hint);
  }

  WorkspaceProblem problem() {
    return problem;
  }
}
