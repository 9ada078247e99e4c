package io.salvor.cli.session;

import io.grpc.MethodDescriptor;
import io.salvor.cli.wire.GrpcConnection;
import io.salvor.cli.wire.Replies;
import io.salvor.cli.wire.RpcFailure;
import java.time.Duration;
import java.util.Optional;

/// The server's methods. What it refuses is thrown as [Failure].
public final class Api {
  /// For a call that looks something up or decides something.
  private static final Duration USUAL = Duration.ofSeconds(60);

  /// A stream sends something at least every 10 s.
  private static final Duration SILENCE = Duration.ofSeconds(35);

  /// Who takes no connection by then is not there.
  private static final Duration CONNECTING = Duration.ofSeconds(5);

  private final Dialer dialer;
  private Optional<GrpcConnection> connection = Optional.empty();

  Api(Context context) {
    this.dialer = new Dialer(context);
  }

  /// Asks one thing.
  public <Q, A> A call(MethodDescriptor<Q, A> method, Q question) {
    return call(method, question, USUAL);
  }

  /// Asks one thing that may take this long.
  public <Q, A> A call(MethodDescriptor<Q, A> method, Q question, Duration deadline) {
    try {
      return connected(deadline).call(method, question, deadline);
    } catch (RpcFailure failed) {
      throw refused(failed);
    }
  }

  /// Asks for a stream; its [Replies#next] throws [RpcFailure].
  public <Q, A> Replies<A> stream(MethodDescriptor<Q, A> method, Q question) {
    return stream(method, question, SILENCE);
  }

  /// The same, bearing silence for at most `patience`.
  public <Q, A> Replies<A> stream(MethodDescriptor<Q, A> method, Q question, Duration patience) {
    try {
      return connected(CONNECTING).stream(method, question, shorter(patience, SILENCE));
    } catch (RpcFailure failed) {
      throw refused(failed);
    }
  }

  /// Asks for a stream of a server that has nothing to say while it works on it, and bears that for
  /// `patience`.
  public <Q, A> Replies<A> quietStream(
      MethodDescriptor<Q, A> method, Q question, Duration patience) {
    try {
      return connected(CONNECTING).stream(method, question, patience);
    } catch (RpcFailure failed) {
      throw refused(failed);
    }
  }

  /// What a failed call means to a person. A broken connection is dialled anew at the next call.
  public Failure refused(RpcFailure failed) {
    if (!failed.answered()) {
      close();
    }
    return Refusals.toFailure(failed);
  }

  private GrpcConnection connected(Duration patience) {
    if (connection.isEmpty()) {
      connection = Optional.of(dialer.dial(shorter(patience, CONNECTING)));
    }
    return connection.get();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  void close() {
    connection.ifPresent(GrpcConnection::close);
    connection = Optional.empty();
  }
}
