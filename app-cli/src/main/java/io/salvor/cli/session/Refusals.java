package io.salvor.cli.session;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.salvor.cli.wire.RpcFailure;
import java.util.ArrayList;
import java.util.List;

/// The one place that says what a status from the server means to a person and to a script.
final class Refusals {
  private Refusals() {}

  static Failure toFailure(RpcFailure failed) {
    if (!failed.answered()) {
      return unanswered(failed);
    }
    String reason = failed.code().name();
    String hint = "";
    List<String> why = new ArrayList<>();
    for (Any detail : details(failed.details())) {
      try {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          reason = info.getReason();
          hint = info.getMetadataOrDefault("hint", "");
        } else if (detail.is(BadRequest.class)) {
          for (var violation : detail.unpack(BadRequest.class).getFieldViolationsList()) {
            why.add(violation.getField() + ": " + violation.getDescription());
          }
        } else if (detail.is(PreconditionFailure.class)) {
          for (var violation : detail.unpack(PreconditionFailure.class).getViolationsList()) {
            why.add(violation.getDescription());
          }
        }
      } catch (InvalidProtocolBufferException unreadable) {
        why.add("(a detail of the refusal could not be read)");
      }
    }
    String what =
        failed.description().isEmpty()
            ? "the server answered " + failed.code()
            : failed.description();
    return new Failure(ExitCode.of(failed.code(), reason), reason, what, why, hint);
  }

  private static Failure unanswered(RpcFailure failed) {
    if (failed.isAnotherProtocol()) {
      return new Failure(
          ExitCode.UNAVAILABLE,
          "NOT_GRPC",
          "what answers there does not speak gRPC",
          "--server HOST:PORT with the port that salvor status names for gRPC");
    }
    return failed.code() == Code.DEADLINE_EXCEEDED
        ? new Failure(
            ExitCode.FAILURE,
            "DEADLINE_EXCEEDED",
            "the server did not answer in time (" + failed.description() + ")",
            "salvor status")
        : new Failure(
            ExitCode.UNAVAILABLE,
            "CONNECTION_LOST",
            "the connection to the server broke off (" + failed.description() + ")",
            "salvor status");
  }

  private static List<Any> details(byte[] bytes) {
    try {
      return Status.parseFrom(bytes).getDetailsList();
    } catch (InvalidProtocolBufferException unreadable) {
      return List.of();
    }
  }
}
