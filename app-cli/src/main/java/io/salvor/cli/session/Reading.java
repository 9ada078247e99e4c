package io.salvor.cli.session;

import io.salvor.cli.wire.Replies;
import io.salvor.cli.wire.RpcFailure;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Reads a stream to its end, or until nobody reads what is shown of it. One that is followed goes
/// on where it was when the connection broke.
public final class Reading {
  private final Context context;
  private final Results results;
  private final boolean follow;
  private final Reconnect reconnect;

  /// @param results where its replies are shown
  public Reading(Context context, Results results, boolean follow) {
    this.context = context;
    this.results = results;
    this.follow = follow;
    this.reconnect = new Reconnect(context);
  }

  /// Throws [Failure] where it is refused, or where nobody is there for too long.
  ///
  /// @param open asks for what has not been taken yet
  public <A> void toItsEnd(Supplier<Replies<A>> open, Consumer<A> take)
      throws InterruptedException {
    boolean done = false;
    while (!done) {
      try (Replies<A> replies = open.get()) {
        readOn(replies, take);
        done = true;
      } catch (RpcFailure broken) {
        if (!follow) {
          throw context.api().refused(broken);
        }
        reconnect.after(broken);
      } catch (Failure nobody) {
        reconnect.after(nobody);
      }
    }
  }

  private <A> void readOn(Replies<A> replies, Consumer<A> take) {
    Optional<A> reply = replies.next();
    while (reply.isPresent() && !results.unread()) {
      reconnect.heard();
      take.accept(reply.get());
      reply = replies.next();
    }
  }
}
