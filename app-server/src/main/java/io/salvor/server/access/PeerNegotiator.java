package io.salvor.server.access;

import io.grpc.Attributes;
import io.grpc.netty.shaded.io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.shaded.io.grpc.netty.ProtocolNegotiationEvent;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.util.AsciiString;
import java.io.IOException;

/// Plain HTTP/2 over a Unix socket, noting which process is at the other end (`SO_PEERCRED`).
///
/// gRPC offers no public way from a call to its socket; this is the way that its own transports
/// take.
public final class PeerNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {
  /// Pid of the process that connected, as the kernel says; 0 where it does not.
  static final Attributes.Key<Integer> PEER_PID = Attributes.Key.create("peer-pid");

  private final InternalProtocolNegotiator.ProtocolNegotiator plain =
      InternalProtocolNegotiators.serverPlaintext();

  @Override
  public AsciiString scheme() {
    return plain.scheme();
  }

  @Override
  public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
    return new NotePeer(plain.newHandler(grpc));
  }

  @Override
  public void close() {
    plain.close();
  }

  private static final class NotePeer extends ChannelInboundHandlerAdapter {
    private final ChannelHandler next;

    NotePeer(ChannelHandler next) {
      this.next = next;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (!(event instanceof ProtocolNegotiationEvent begun)) {
        context.fireUserEventTriggered(event);
        return;
      }
      Attributes noted =
          InternalProtocolNegotiationEvent.getAttributes(begun).toBuilder()
              .set(PEER_PID, pid(context))
              .build();
      var pipeline = context.pipeline();
      pipeline.replace(this, null, next);
      pipeline.fireUserEventTriggered(
          InternalProtocolNegotiationEvent.withAttributes(begun, noted));
    }

    private static int pid(ChannelHandlerContext context) {
      try {
        return ((EpollDomainSocketChannel) context.channel()).peerCredentials().pid();
      } catch (IOException e) {
        return 0;
      }
    }
  }
}
