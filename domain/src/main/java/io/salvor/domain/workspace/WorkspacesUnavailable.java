package io.salvor.domain.workspace;

/// Git or the file system did not answer as it should; nothing is known about the effect asked for.
public final class WorkspacesUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /// @param hint what the operator can do; may be empty
  public WorkspacesUnavailable(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /// What the operator can do; may be empty.
  public String hint() {
    return hint;
  }
}
