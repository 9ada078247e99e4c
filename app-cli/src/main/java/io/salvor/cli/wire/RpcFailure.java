package io.salvor.cli.wire;

import io.grpc.Status;

/// A call that did not end well.
public final class RpcFailure extends RuntimeException {
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

  /// The connection did not hold.
  static RpcFailure broken(Status.Code code, Exception cause) {
    String said = cause.getMessage();
    var failure =
        new RpcFailure(
            code, said == null ? cause.getClass().getSimpleName() : said, new byte[0], false);
    failure.initCause(cause);
    return failure;
  }

  /// What kind of end.
  public Status.Code code() {
    return code;
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
