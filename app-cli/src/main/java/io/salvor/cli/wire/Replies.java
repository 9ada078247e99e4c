package io.salvor.cli.wire;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The answers of a call, one after the other as they are asked for. For the connection's thread.
public final class Replies<A> implements AutoCloseable {
  private final BlockingClientCall<?, A> call;
  private final Duration patience;

  Replies(BlockingClientCall<?, A> call, Duration patience) {
    this.call = call;
    this.patience = patience;
  }

  /// The next answer; empty after the last one. Throws [RpcFailure] where the call does not end
  /// well.
  public Optional<A> next() {
    try {
      return Optional.ofNullable(call.read(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (StatusException e) {
      // A server that goes away resets its streams; nobody here cancelled this one.
      boolean cut = e.getStatus().getCode() == Status.Code.CANCELLED;
      Status status =
          cut ? Status.UNAVAILABLE.withDescription(e.getStatus().getDescription()) : e.getStatus();
      throw RpcFailure.of(status, e.getTrailers());
    } catch (TimeoutException e) {
      throw RpcFailure.of(
          Status.DEADLINE_EXCEEDED.withDescription(
              "the server was silent for " + patience.toSeconds() + " s"),
          null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RpcFailure.of(Status.CANCELLED.withDescription("interrupted"), null);
    }
  }

  /// How long the server may be silent.
  Duration patience() {
    return patience;
  }

  /// Leaves the rest.
  @Override
  public void close() {
    call.cancel("not wanted any more", null);
  }
}
