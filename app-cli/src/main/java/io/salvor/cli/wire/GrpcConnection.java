package io.salvor.cli.wire;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A connection to a server. For one thread.
///
/// Netty speaks to the socket through the JDK, not through its own native part: unpacking that
/// would take longer than most commands. Calls throw [RpcFailure].
public final class GrpcConnection implements Closeable {
  private static final int MAX_MESSAGE = 64 << 20;
  private static final int MAX_METADATA = 64 << 10;

  /// Netty warns of a TCP option that a Unix socket does not have. Held here, or the level is
  /// forgotten.
  private static final Logger NETTY = Logger.getLogger("io.grpc.netty.shaded.io.netty");

  static {
    NETTY.setLevel(Level.OFF);
  }

  private final EventLoopGroup loop;
  private final ManagedChannel channel;
  private final Channel calls;

  private GrpcConnection(EventLoopGroup loop, ManagedChannel channel, Metadata metadata) {
    this.loop = loop;
    this.channel = channel;
    this.calls =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
  }

  /// Connects; IOException where nobody listens.
  ///
  /// @param address of a Unix socket or of TCP
  /// @param metadata sent with each call; printable ASCII
  public static GrpcConnection open(SocketAddress address, Map<String, String> metadata)
      throws IOException {
    try (SocketChannel probe = SocketChannel.open(address)) {
      probe.finishConnect();
    }
    var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(address)
            .overrideAuthority("localhost")
            .eventLoopGroup(loop)
            .channelType(
                address instanceof UnixDomainSocketAddress
                    ? NioDomainSocketChannel.class
                    : NioSocketChannel.class)
            .usePlaintext()
            .directExecutor()
            .disableRetry()
            .maxInboundMessageSize(MAX_MESSAGE)
            .maxInboundMetadataSize(MAX_METADATA)
            .build();
    var headers = new Metadata();
    metadata.forEach((name, value) ->
        headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return new GrpcConnection(loop, channel, headers);
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

  /// Ends the loop before the process ends: the JVM waits up to 300 ms for threads that sit in
  /// native code.
  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
