package io.salvor.cli.wire;

import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A call that did not end well.
public final class RpcFailure extends RuntimeException {
  /// What gRPC says by itself where no server answers; a server that says so sends details.
  private static final Set<Status.Code> LOCAL =
      EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final long serialVersionUID = 1L;

  private final Status.Code code;
  private final byte[] details;
  private final boolean answered;

  /// @param details a google.rpc.Status in bytes; empty where the server sent none
  /// @param answered whether it was the server that said so, and not the lack of one
  RpcFailure(Status.Code code, String message, byte[] details, boolean answered) {
    super(message);
    this.code = code;
    this.details = details.clone();
    this.answered = answered;
  }

  /// What a call ended with.
  ///
  /// @param trailers what the server sent at the end; null where it sent nothing
  static RpcFailure of(Status status, @Nullable Metadata trailers) {
    byte[] details = trailers == null ? null : trailers.get(DETAILS);
    boolean broken = LOCAL.contains(status.getCode()) || status.getCause() instanceof IOException;
    boolean answered = details != null || !broken;
    String said = status.getDescription();
    var failure =
        new RpcFailure(
            status.getCode(),
            said == null ? "" : said,
            details == null ? new byte[0] : details,
            answered);
    failure.initCause(status.getCause());
    return failure;
  }

  /// What kind of end.
  public Status.Code code() {
    return code;
  }

  /// Whether what came were no frames of HTTP/2: the first bytes of an HTTP/1.1 answer, read as a
  /// frame's length, are too great.
  public boolean isAnotherProtocol() {
    return getCause() instanceof IOException cause
        && String.valueOf(cause.getMessage()).startsWith("FRAME_SIZE_ERROR");
  }

  /// What the server said, for people; may be empty.
  public String description() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  /// A google.rpc.Status in bytes; empty where the server sent none.
  public byte[] details() {
    return details.clone();
  }

  /// Whether it was the server that said so, and not the lack of one.
  public boolean answered() {
    return answered;
  }
}
