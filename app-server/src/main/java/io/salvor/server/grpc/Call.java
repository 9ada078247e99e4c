package io.salvor.server.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.salvor.domain.agent.ProcessesUnavailable;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a call on its thread and turns what goes wrong into an error with a reason.
final class Call {
  private static final Logger log = LoggerFactory.getLogger(Call.class);

  private Call() {}

  /// What answers a call.
  @FunctionalInterface
  interface Body<R> {
    R run() throws InterruptedException;
  }

  /// What serves a stream.
  @FunctionalInterface
  interface StreamBody<R> {
    void run(Outgoing<R> out) throws InterruptedException;
  }

  /// Answers with one message.
  static <R> void unary(StreamObserver<R> observer, Body<R> body) {
    try {
      R result = body.run();
      observer.onNext(result);
      observer.onCompleted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      observer.onError(shuttingDown());
    } catch (RuntimeException e) {
      observer.onError(error(e));
    }
  }

  /// Answers when what the body asked for is decided and durable.
  static <R> void command(StreamObserver<R> observer, Body<CompletableFuture<R>> body) {
    try {
      var _ = body.run().whenComplete((result, problem) -> answer(observer, result, problem));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      observer.onError(shuttingDown());
    } catch (RuntimeException e) {
      observer.onError(error(e));
    }
  }

  private static <R> void answer(
      StreamObserver<R> observer, @Nullable R result, @Nullable Throwable problem) {
    if (result != null) {
      observer.onNext(result);
      observer.onCompleted();
    } else {
      observer.onError(error(problem));
    }
  }

  /// Answers with a stream; ends quietly when the caller goes away.
  static <R> void stream(StreamObserver<R> observer, StreamBody<R> body) {
    var out = new Outgoing<>(observer);
    Thread.ofPlatform()
        .name("stream")
        .daemon()
        .start(() -> {
          try {
            body.run(out);
            out.complete();
          } catch (Outgoing.CallerGone e) {
            log.debug("a stream's caller went away");
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            out.fail(shuttingDown());
          } catch (RuntimeException e) {
            out.fail(error(e));
          }
        });
  }

  private static StatusRuntimeException shuttingDown() {
    return Errors.failure(ErrorReason.Code.SHUTTING_DOWN, "the server is stopping", "salvor serve");
  }

  private static StatusRuntimeException error(@Nullable Throwable e) {
    return switch (e) {
      case CompletionException wrapped -> error(wrapped.getCause());
      case StatusRuntimeException status -> status;
      case LogUnavailable unavailable -> Errors.unavailable(unavailable);
      case WorkspacesUnavailable unavailable ->
          Errors.failure(
              ErrorReason.Code.PROJECT_UNAVAILABLE,
              String.valueOf(unavailable.getMessage()),
              unavailable.hint());
      case ProcessesUnavailable unavailable ->
          Errors.failure(
              ErrorReason.Code.PROJECT_UNAVAILABLE,
              String.valueOf(unavailable.getMessage()),
              unavailable.hint());
      case null, default -> {
        log.error("a call failed in a way that nobody foresaw", e);
        yield Status.INTERNAL
            .withDescription(
                "this is a bug in Salvor: " + Errors.cut(String.valueOf(e)) + "; see salvor logs")
            .withCause(e)
            .asRuntimeException();
      }
    };
  }
}
