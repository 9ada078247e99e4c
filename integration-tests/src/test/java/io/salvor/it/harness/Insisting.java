package io.salvor.it.harness;

import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// A caller that asks the same thing again until a server answers it, as a client with a request id
/// may. For one thread.
public final class Insisting implements AutoCloseable {
  /// On a busy host many a server is killed before it has answered anybody.
  private static final Duration PATIENCE = Await.LONG.multipliedBy(20);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Path socket;
  private final String actor;
  private Connection connection;
  private long repeats;

  public Insisting(Path socket, String actor) {
    this.socket = socket;
    this.actor = actor;
    this.connection = Connection.over(socket);
  }

  /// Asks until there is an answer.
  ///
  /// @throws StatusRuntimeException where the answer is a refusal
  public <T> T ask(Function<Client, T> call) {
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return call.apply(connection.as(actor));
      } catch (StatusRuntimeException e) {
        if (isAnAnswer(e) || System.nanoTime() > patience) {
          throw e;
        }
      }
      repeats++;
      connection.close();
      LockSupport.parkNanos(PAUSE_NANOS);
      connection = Connection.over(socket);
    }
  }

  /// A server that was killed gives none, and the transport says so in several ways.
  private static boolean isAnAnswer(StatusRuntimeException e) {
    com.google.rpc.Status told = StatusProto.fromThrowable(e);
    return switch (e.getStatus().getCode()) {
      case UNAVAILABLE, CANCELLED -> false;
      case INTERNAL, UNKNOWN ->
          String.valueOf(e.getStatus().getDescription()).contains("bug in Salvor");
      default -> told != null && told.getDetailsCount() > 0;
    };
  }

  /// How often a call was made again.
  public long repeats() {
    return repeats;
  }

  @Override
  public void close() {
    connection.close();
  }
}
