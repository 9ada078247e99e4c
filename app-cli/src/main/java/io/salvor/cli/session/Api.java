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
      return connected().call(method, question, deadline);
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
      Duration shorter = patience.compareTo(SILENCE) < 0 ? patience : SILENCE;
      return connected().stream(method, question, shorter);
    } catch (RpcFailure failed) {
      throw refused(failed);
    }
  }

  /// Asks for a stream of a server that has nothing to say while it works on it, and bears that for
  /// `patience`.
  public <Q, A> Replies<A> quietStream(
      MethodDescriptor<Q, A> method, Q question, Duration patience) {
    try {
      return connected().stream(method, question, patience);
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

  private GrpcConnection connected() {
    if (connection.isEmpty()) {
      connection = Optional.of(dialer.dial());
    }
    return connection.get();
  }

  void close() {
    connection.ifPresent(GrpcConnection::close);
    connection = Optional.empty();
  }
}
