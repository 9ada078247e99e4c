package io.salvor.cli.session;

import io.grpc.Status;
import io.salvor.cli.wire.RpcFailure;
import java.time.Duration;
import java.time.Instant;

/// Bears with a server that goes away for a while, as at a restart, once it has been heard.
public final class Reconnect {
  private static final Duration AWAY = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Context context;
  private final Reviver reviver;
  private boolean heard;
  private Instant heardAt = Instant.MIN;

  /// Only waits for the server to come back.
  public Reconnect(Context context) {
    this.context = context;
    this.reviver = () -> {};
  }

  /// For who has spoken with the server already.
  ///
  /// @param reviver sees to it that there is a server, before it is asked again
  public Reconnect(Context context, Reviver reviver) {
    this.context = context;
    this.reviver = reviver;
    heard();
  }

  /// Sees to it that there is a server to ask.
  @FunctionalInterface
  public interface Reviver {
    void revive() throws InterruptedException;
  }

  /// The server is there.
  public void heard() {
    heard = true;
    heardAt = context.surroundings().clock().instant();
  }

  /// Waits a moment, so that the stream can be asked for again; throws [Failure] where that is of
  /// no use.
  public void after(RpcFailure broken) throws InterruptedException {
    Failure failure = context.api().refused(broken);
    if (broken.answered() && broken.code() != Status.Code.UNAVAILABLE) {
      throw failure;
    }
    after(failure);
  }

  /// The same, where there was nobody to ask.
  public void after(Failure failure) throws InterruptedException {
    boolean hope =
        failure.exit() == ExitCode.UNAVAILABLE || failure.reason().equals("DEADLINE_EXCEEDED");
    Instant now = context.surroundings().clock().instant();
    if (!hope || !heard || now.isAfter(heardAt.plus(AWAY))) {
      throw failure;
    }
    pause();
    reviver.revive();
  }

  /// Waits a moment: the server ended the stream in good order, and is perhaps about to go.
  public void pause() throws InterruptedException {
    pause(PAUSE);
  }

  /// Waits so long before the server is asked again.
  public void pause(Duration duration) throws InterruptedException {
    rest(duration);
  }

  /// Waits so long.
  public static void rest(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }
}
