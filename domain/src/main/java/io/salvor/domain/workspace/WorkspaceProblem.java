package io.salvor.domain.workspace;

/// Why a workspace could not be made or a project not used.
///
/// @param kind what went wrong, for programs
/// @param detail what went wrong, for people: one sentence with the names in question
/// @param hint the command or change that mends it; may be empty
public record WorkspaceProblem(Kind kind, String detail, String hint) {

  /// What went wrong, and whether another try later could go better.
  public enum Kind {
    NOT_A_REPOSITORY(true),
    NO_COMMITS(true),
    BASE_NOT_FOUND(true),
    UNSUPPORTED_SUBMODULES(true),
    UNSUPPORTED_LFS(true),
    UNSUPPORTED_SHA256(true),
    UNSUPPORTED_PARTIAL_CLONE(true),
    UNSUPPORTED_REF_STORAGE(true),
    GIT_MISSING_OR_OLD(true),
    FOREIGN_OWNER(true),
    PATH_OCCUPIED(true),
    BRANCH_CHECKED_OUT_ELSEWHERE(true),
    ON_ANOTHER_BRANCH(true),
    COPY_FAILED(false),
    TARGET_GONE(true),
    SETUP_FAILED(false),
    DISK_FULL(false),
    LOCKED(false),
    GIT_FAILED(false);

    private final boolean permanent;

    Kind(boolean permanent) {
      this.permanent = permanent;
    }

    /// Whether trying again without a person's help is useless.
    public boolean permanent() {
      return permanent;
    }
  }
}
