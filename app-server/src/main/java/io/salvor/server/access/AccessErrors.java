package io.salvor.server.access;

import io.grpc.StatusRuntimeException;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;

/// Why a call does not even begin.
final class AccessErrors {
  private AccessErrors() {}

  static StatusRuntimeException tokenRequired() {
    return Errors.failure(
        ErrorReason.Code.TOKEN_REQUIRED,
        "calls over TCP need the bearer token",
        "export SALVOR_TOKEN=$(cat ~/.salvor/run/token)  (of the server's home; or use the Unix"
            + " socket)");
  }

  static StatusRuntimeException notAnActor(String claimed) {
    return Errors.invalid(
        "salvor-actor", "not an actor: " + claimed + "; say SALVOR_ACTOR=user:NAME");
  }
}
