package io.salvor.cli.session;

import io.grpc.Status.Code;
import java.util.List;

/// How a command ends, equal in every output format. Scripts rely on these numbers.
public enum ExitCode {
  /// Done. With `--wait`: the work is in REVIEW, APPROVED or MERGED.
  OK(0, "done; with --wait: in REVIEW, APPROVED or MERGED"),
  /// It failed, or its time was over. With `--wait`: FAILED or REJECTED.
  FAILURE(1, "it failed, or its time was over; with --wait: FAILED or REJECTED"),
  /// The command line is not as it should be.
  USAGE(2, "the command line is not as it should be"),
  /// What was named is not there.
  NOT_FOUND(3, "what was named is not there"),
  /// The state of things does not allow it.
  WRONG_STATE(4, "the state of things does not allow it"),
  /// The caller may not do it: its own approval, or no token.
  DENIED(5, "the caller may not: one's own approval, or no token"),
  /// Somebody else was faster, or two sides do not fit: merge conflict, moved branch, etag.
  CONFLICT(6, "two sides do not fit: merge conflict, moved branch, etag"),
  /// An argument or a project that cannot be worked with.
  INVALID(7, "an argument or a project that cannot be worked with"),
  /// No server, or one that cannot serve now: busy, disk full.
  UNAVAILABLE(8, "no server, or one that cannot serve now"),
  /// It is there already, or the request id was used for something else.
  EXISTS(9, "it is there already"),
  /// With `--wait`: BLOCKED, PAUSED, NEEDS_FIX, or READY for a dispatch.
  NEEDS_PERSON(10, "with --wait: it needs a person (BLOCKED, PAUSED, NEEDS_FIX)"),
  /// With `--wait`: CANCELLED or SKIPPED.
  CANCELLED(11, "with --wait: it was cancelled"),
  /// With `--wait`: PAUSED, because the agent asked to be started again and a limit forbids it.
  RELOAD(12, "with --wait: the agent asked to be started again, and a limit forbids it");

  private static final List<ExitCode> BY_BADNESS =
      List.of(
          OK,
          CANCELLED,
          NEEDS_PERSON,
          RELOAD,
          EXISTS,
          NOT_FOUND,
          WRONG_STATE,
          INVALID,
          USAGE,
          CONFLICT,
          DENIED,
          FAILURE,
          UNAVAILABLE);

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /// How a command about several things ends: as the one that went worst. No server is worse than a
  /// failure, that than a refusal, and that than what only waits for a person.
  public ExitCode worse(ExitCode other) {
    return BY_BADNESS.indexOf(other) > BY_BADNESS.indexOf(this) ? other : this;
  }

  /// What a status of the server ends with; the reason decides where one status stands for several
  /// kinds.
  public static ExitCode of(Code code, String reason) {
    return switch (reason) {
      case "FOREIGN_OWNER", "GIT_MISSING_OR_OLD" -> INVALID;
      case "MERGE_CONFLICT", "COMMIT_MOVED" -> CONFLICT;
      default ->
          switch (code) {
            case OK -> OK;
            case NOT_FOUND -> NOT_FOUND;
            case FAILED_PRECONDITION -> WRONG_STATE;
            case PERMISSION_DENIED, UNAUTHENTICATED -> DENIED;
            case ABORTED -> CONFLICT;
            case INVALID_ARGUMENT, OUT_OF_RANGE -> INVALID;
            case UNAVAILABLE, RESOURCE_EXHAUSTED -> UNAVAILABLE;
            case ALREADY_EXISTS -> EXISTS;
            case CANCELLED -> CANCELLED;
            case UNKNOWN, INTERNAL, DATA_LOSS, DEADLINE_EXCEEDED, UNIMPLEMENTED -> FAILURE;
          };
    };
  }

  /// The number that the process ends with.
  public int code() {
    return code;
  }

  /// For help and documents.
  public String meaning() {
    return meaning;
  }
}
