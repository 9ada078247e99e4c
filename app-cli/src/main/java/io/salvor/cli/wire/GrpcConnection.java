package io.salvor.cli.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A connection to a server. For one thread.
///
/// The transport is gRPC's OkHttp and not Netty, which has more than twice its classes to load and
/// to set up. Calls throw [RpcFailure].
public final class GrpcConnection implements Closeable {
  private static final int MAX_MESSAGE = 64 << 20;
  private static final int MAX_METADATA = 64 << 10;

  /// How much the server may send ahead; with gRPC's usual 64 KiB, long outputs and diffs stutter.
  private static final int WINDOW = 1 << 20;

  private static final Duration LEAVE = Duration.ofSeconds(1);

  /// What goes wrong is thrown, and need not be on standard error as well. Held here, or the level
  /// is forgotten.
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  static {
    GRPC.setLevel(Level.OFF);
    NoTls.install();
  }

  private final OneServer server;
  private final ManagedChannel channel;
  private final Channel calls;

  private GrpcConnection(OneServer server, ManagedChannel channel, Metadata metadata) {
    this.server = server;
    this.channel = channel;
    this.calls =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  /// Connects; IOException where nobody listens.
  ///
  /// @param address of a Unix socket or of TCP
  /// @param metadata sent with each call; printable ASCII
  /// @param patience how long to try to connect
  public static GrpcConnection open(
      SocketAddress address, Map<String, String> metadata, Duration patience) throws IOException {
    var server = new OneServer(address, patience);
    ManagedChannel channel =
        OkHttpChannelBuilder.forAddress("127.0.0.1", 1) // any: the sockets come from `server`
            .overrideAuthority("localhost")
            .socketFactory(server)
            .proxyDetector(_ -> null)
            .flowControlWindow(WINDOW)
            .usePlaintext()
            .directExecutor()
            .offloadExecutor(Runnable::run) // nothing to offload: the address above is a number
            .disableRetry()
            .maxInboundMessageSize(MAX_MESSAGE)
            .maxInboundMetadataSize(MAX_METADATA)
            .build();
    var headers = new Metadata();
    metadata.forEach((name, value) ->
        headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return new GrpcConnection(server, channel, headers);
  }

  /// One question, one answer.
  ///
  /// @param deadline for all of it
  public <Q, A> A call(MethodDescriptor<Q, A> method, Q question, Duration deadline) {
    try {
      return ClientCalls.blockingUnaryCall(
          calls,
          method,
          CallOptions.DEFAULT.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS),
          question);
    } catch (StatusRuntimeException e) {
      throw RpcFailure.of(e.getStatus(), e.getTrailers());
    }
  }

  /// One question, many answers.
  ///
  /// @param patience how long the server may be silent
  public <Q, A> Replies<A> stream(MethodDescriptor<Q, A> method, Q question, Duration patience) {
    return new Replies<>(
        ClientCalls.blockingV2ServerStreamingCall(calls, method, CallOptions.DEFAULT, question),
        patience);
  }

  /// Returns when nothing of it is left: at its end the JVM waits up to 300 ms for a thread that
  /// sits in native code, as one does that reads from a socket.
  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(LEAVE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
