package io.salvor.it.harness;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.salvor.v1.ErrorReason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Why a call was refused.
///
/// @param hint the command that mends it; may be empty
public record Refused(ErrorReason.Code reason, Status.Code status, String detail, String hint) {

  /// Makes a call that must be refused, and says why it was.
  public static Refused of(ThrowingCallable call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    if (refused == null) {
      throw new AssertionError("was not refused");
    }
    return of(refused);
  }

  /// Reads what the server attached.
  public static Refused of(StatusRuntimeException refused) {
    com.google.rpc.Status status = StatusProto.fromThrowable(refused);
    if (status == null) {
      throw new AssertionError("refused without a reason", refused);
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        ErrorInfo info = unpack(detail);
        return new Refused(
            ErrorReason.Code.valueOf(info.getReason()),
            refused.getStatus().getCode(),
            status.getMessage(),
            info.getMetadataOrDefault("hint", ""));
      }
    }
    throw new AssertionError("refused without a reason", refused);
  }

  private static ErrorInfo unpack(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
