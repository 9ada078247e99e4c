package io.salvor.server.wiring;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.salvor.server.access.Callers;
import io.salvor.server.access.Clients;
import io.salvor.server.access.PeerNegotiator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The two doors of the gRPC API: a Unix socket in the home, and TCP on loopback. Both serve the
/// same services.
final class Listeners {
  /// A client may ping this often; its own pings keep streams alive through silent routers.
  private static final int PERMIT_PING_SECONDS = 10;

  private static final int PING_SECONDS = 30;
  private static final int PING_TIMEOUT_SECONDS = 20;
  private static final int MAX_MESSAGE = 8 << 20;

  private final CallThreads calls = new CallThreads();
  private final EventLoopGroup boss =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final EventLoopGroup workers =
      new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory());
  private final Path socket;
  private final Server local;
  private final Server tcp;

  /// Listens at once.
  Listeners(Path socket, InetSocketAddress address, Service service) throws IOException {
    this.socket = socket;
    Files.deleteIfExists(socket);
    this.local =
        builder(new DomainSocketAddress(socket.toFile()), service)
            .channelType(EpollServerDomainSocketChannel.class)
            .protocolNegotiator(new PeerNegotiator())
            .build()
            .start();
    this.tcp =
        builder(address, service).channelType(EpollServerSocketChannel.class).build().start();
  }

  /// What is behind both doors.
  ///
  /// @param meters sees every call first, those too that are refused at the door
  record Service(
      Callers callers, Clients clients, ServerInterceptor meters, List<BindableService> services) {}

  private NettyServerBuilder builder(SocketAddress address, Service service) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .bossEventLoopGroup(boss)
            .workerEventLoopGroup(workers)
            .executor(calls.quick())
            .callExecutor(calls)
            .addTransportFilter(service.callers())
            .addTransportFilter(service.clients())
            .intercept(service.callers())
            .intercept(service.meters())
            .maxInboundMessageSize(MAX_MESSAGE)
            .keepAliveTime(PING_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(PING_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveTime(PERMIT_PING_SECONDS, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true);
    service.services().forEach(builder::addService);
    return builder;
  }

  /// Port of the TCP door.
  int port() {
    return tcp.getPort();
  }

  /// Takes no more calls, gives those under way a moment, then cuts them.
  void shut() throws InterruptedException, IOException {
    local.shutdown();
    tcp.shutdown();
    if (!local.awaitTermination(1, TimeUnit.SECONDS)) {
      local.shutdownNow();
    }
    if (!tcp.awaitTermination(1, TimeUnit.SECONDS)) {
      tcp.shutdownNow();
    }
    calls.shut();
    var _ = boss.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    var _ = workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    Files.deleteIfExists(socket);
  }
}
