package io.salvor.server.errors;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.task.Refusal;
import io.salvor.domain.workspace.WorkspaceProblem;
import io.salvor.v1.ErrorReason;

/// Errors as AIP-193 wants them: a status, one ErrorInfo with the reason and the command that mends
/// it.
public final class Errors {
  /// The domain of all reasons.
  public static final String DOMAIN = "salvor.dev";

  /// An error comes in headers, its text twice: by itself, with three characters for each byte that
  /// is not printable ASCII, and among the details in base64. Clients take 8 KiB of headers.
  private static final int MOST_TEXT = 2_048;

  private static final int MOST_DETAILS = 4_096;
  private static final String MORE = " ... and more";

  private Errors() {}

  /// A command that was refused.
  public static StatusRuntimeException refusal(Refusal refusal) {
    return failure(reason(refusal.code()), refusal.detail(), refusal.hint());
  }

  /// A store that does not answer.
  public static StatusRuntimeException unavailable(LogUnavailable cause) {
    ErrorReason.Code reason =
        switch (cause.kind()) {
          case DISK_FULL -> ErrorReason.Code.DISK_FULL;
          case READ_ONLY -> ErrorReason.Code.READ_ONLY;
          case BUSY -> ErrorReason.Code.BUSY;
          case IO_ERROR -> ErrorReason.Code.IO_ERROR;
          case CORRUPT -> ErrorReason.Code.CORRUPT;
        };
    return failure(reason, String.valueOf(cause.getMessage()), cause.hint());
  }

  /// A project that cannot be used.
  public static StatusRuntimeException problem(WorkspaceProblem problem) {
    ErrorReason.Code reason =
        switch (problem.kind()) {
          case NOT_A_REPOSITORY -> ErrorReason.Code.NOT_A_REPOSITORY;
          case NO_COMMITS -> ErrorReason.Code.NO_COMMITS;
          case BASE_NOT_FOUND -> ErrorReason.Code.BASE_NOT_FOUND;
          case UNSUPPORTED_SUBMODULES -> ErrorReason.Code.UNSUPPORTED_SUBMODULES;
          case UNSUPPORTED_LFS -> ErrorReason.Code.UNSUPPORTED_LFS;
          case UNSUPPORTED_SHA256 -> ErrorReason.Code.UNSUPPORTED_SHA256;
          case UNSUPPORTED_PARTIAL_CLONE -> ErrorReason.Code.UNSUPPORTED_PARTIAL_CLONE;
          case UNSUPPORTED_REF_STORAGE -> ErrorReason.Code.UNSUPPORTED_REF_STORAGE;
          case GIT_MISSING_OR_OLD -> ErrorReason.Code.GIT_MISSING_OR_OLD;
          case FOREIGN_OWNER, PATH_OCCUPIED, BRANCH_CHECKED_OUT_ELSEWHERE ->
              ErrorReason.Code.FOREIGN_OWNER;
          case DISK_FULL -> ErrorReason.Code.DISK_FULL;
          case TARGET_GONE -> ErrorReason.Code.NO_TARGET;
          case ON_ANOTHER_BRANCH, COPY_FAILED, SETUP_FAILED, LOCKED, GIT_FAILED ->
              ErrorReason.Code.PROJECT_UNAVAILABLE;
        };
    return failure(reason, problem.detail(), problem.hint());
  }

  /// A field that is not as it should be.
  public static StatusRuntimeException invalid(String field, String description) {
    return build(
        ErrorReason.Code.INVALID,
        description,
        "",
        Any.pack(
            BadRequest.newBuilder()
                .addFieldViolations(
                    BadRequest.FieldViolation.newBuilder()
                        .setField(field)
                        .setDescription(description))
                .build()));
  }

  /// An error with a reason and the command that mends it.
  public static StatusRuntimeException failure(
      ErrorReason.Code reason, String detail, String hint) {
    return build(reason, detail, hint);
  }

  /// An error with more details, as far as there is room for them.
  public static StatusRuntimeException build(
      ErrorReason.Code reason, String detail, String hint, Any... more) {
    var info = ErrorInfo.newBuilder().setReason(reason.name()).setDomain(DOMAIN);
    if (!hint.isEmpty()) {
      info.putMetadata("hint", hint);
    }
    var status =
        Status.newBuilder()
            .setCode(status(reason).getNumber())
            .setMessage(cut(detail))
            .addDetails(Any.pack(info.build()));
    for (Any detailed : more) {
      if (status.build().getSerializedSize() + detailed.getSerializedSize() <= MOST_DETAILS) {
        status.addDetails(detailed);
      }
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  /// As much of a text as an error has room for.
  public static String cut(String text) {
    int end = 0;
    int fits = 0;
    int size = 0;
    while (end < text.length() && size <= MOST_TEXT) {
      if (size <= MOST_TEXT - MORE.length()) {
        fits = end;
      }
      int character = text.codePointAt(end);
      size += sizeInHeader(character);
      end += Character.charCount(character);
    }
    return size <= MOST_TEXT ? text : text.substring(0, fits) + MORE;
  }

  private static int sizeInHeader(int character) {
    if (character < 0x80) {
      return character >= ' ' && character <= '~' && character != '%' ? 1 : 3;
    }
    return 3 * (character < 0x800 ? 2 : Character.isBmpCodePoint(character) ? 3 : 4);
  }

  private static ErrorReason.Code reason(Refusal.Code code) {
    return switch (code) {
      case TASK_NOT_FOUND -> ErrorReason.Code.TASK_NOT_FOUND;
      case TASK_EXISTS -> ErrorReason.Code.TASK_EXISTS;
      case WRONG_STATE -> ErrorReason.Code.WRONG_STATE;
      case INVALID -> ErrorReason.Code.INVALID;
      case SELF_APPROVAL -> ErrorReason.Code.SELF_APPROVAL;
      case UNCOMMITTED_WORK -> ErrorReason.Code.UNCOMMITTED_WORK;
      case CONFLICTS_LEFT -> ErrorReason.Code.CONFLICTS_LEFT;
      case COMMIT_MOVED -> ErrorReason.Code.COMMIT_MOVED;
      case NOTHING_THERE -> ErrorReason.Code.NOTHING_THERE;
      case NO_TARGET -> ErrorReason.Code.NO_TARGET;
      case OVER_BUDGET -> ErrorReason.Code.OVER_BUDGET;
      case UNKNOWN_DEPENDENCY -> ErrorReason.Code.UNKNOWN_DEPENDENCY;
      case DEPENDENCY_CYCLE -> ErrorReason.Code.DEPENDENCY_CYCLE;
      case ETAG_MISMATCH -> ErrorReason.Code.ETAG_MISMATCH;
      case REQUEST_ID_REUSED -> ErrorReason.Code.REQUEST_ID_REUSED;
      case NOT_FROZEN -> ErrorReason.Code.NOT_FROZEN;
    };
  }

  /// The one table from reasons to status codes.
  private static Code status(ErrorReason.Code reason) {
    return switch (reason) {
      case TASK_NOT_FOUND, ATTEMPT_NOT_FOUND, WORKSPACE_NOT_FOUND, BACKUP_NOT_FOUND ->
          Code.NOT_FOUND;
      case TASK_EXISTS, REQUEST_ID_REUSED -> Code.ALREADY_EXISTS;
      case WRONG_STATE,
          UNCOMMITTED_WORK,
          CONFLICTS_LEFT,
          NOTHING_THERE,
          NO_TARGET,
          OVER_BUDGET,
          WORKSPACE_KEPT,
          GIT_MISSING_OR_OLD,
          FOREIGN_OWNER,
          NOT_FROZEN,
          BACKUP_REFUSED,
          SETTINGS_NOT_ACCEPTED ->
          Code.FAILED_PRECONDITION;
      case SELF_APPROVAL, ACTOR_DENIED -> Code.PERMISSION_DENIED;
      case TOKEN_REQUIRED -> Code.UNAUTHENTICATED;
      case ETAG_MISMATCH, COMMIT_MOVED -> Code.ABORTED;
      case INVALID,
          UNKNOWN_DEPENDENCY,
          DEPENDENCY_CYCLE,
          UNKNOWN_AGENT,
          NOT_A_REPOSITORY,
          NO_COMMITS,
          BASE_NOT_FOUND,
          UNSUPPORTED_SUBMODULES,
          UNSUPPORTED_LFS,
          UNSUPPORTED_SHA256,
          UNSUPPORTED_PARTIAL_CLONE,
          UNSUPPORTED_REF_STORAGE ->
          Code.INVALID_ARGUMENT;
      case PROJECT_UNAVAILABLE,
          DISK_FULL,
          READ_ONLY,
          BUSY,
          IO_ERROR,
          BACKUP_FAILED,
          SHUTTING_DOWN ->
          Code.UNAVAILABLE;
      case CURSOR_BEYOND_END -> Code.OUT_OF_RANGE;
      case CORRUPT -> Code.DATA_LOSS;
      case CODE_UNSPECIFIED, UNRECOGNIZED -> Code.UNKNOWN;
    };
  }
}
