package io.salvor.bench;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// The least that a durable server over gRPC does: it appends what it is sent to a table, in groups
/// by one writer, and answers with it when it is on the disk.
final class EchoServer {
  private static final int BATCH = 1024;

  static final MethodDescriptor<byte[], byte[]> APPEND =
      MethodDescriptor.newBuilder(new Bytes(), new Bytes())
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("bench.Echo/Append")
          .build();

  private final LinkedBlockingQueue<Waiting> inbox = new LinkedBlockingQueue<>();

  private EchoServer() {}

  /// Somebody who is answered with what they sent.
  private static final class Waiting {
    final byte[] body;
    final CompletableFuture<byte[]> durable = new CompletableFuture<>();

    Waiting(byte[] body) {
      this.body = body;
    }
  }

  /// Serves at the socket named first, into the file named second, until it is ended.
  public static void main(String[] arguments) throws Exception {
    var echo = new EchoServer();
    try (var table = new RawTable(Path.of(arguments[1]))) {
      echo.listen(Path.of(arguments[0]));
      echo.write(table);
    }
  }

  private void listen(Path socket) throws IOException {
    var handler = ServerCalls.asyncUnaryCall(this::append);
    Server _ =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .bossEventLoopGroup(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
            .workerEventLoopGroup(new MultiThreadIoEventLoopGroup(EpollIoHandler.newFactory()))
            .channelType(EpollServerDomainSocketChannel.class)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .addService(
                ServerServiceDefinition.builder("bench.Echo").addMethod(APPEND, handler).build())
            .build()
            .start();
  }

  private void append(byte[] body, StreamObserver<byte[]> observer) {
    var waiting = new Waiting(body);
    inbox.add(waiting);
    try {
      observer.onNext(waiting.durable.get());
      observer.onCompleted();
    } catch (InterruptedException | ExecutionException e) {
      observer.onError(e);
    }
  }

  private void write(RawTable table) throws InterruptedException, SQLException {
    var group = new ArrayList<Waiting>();
    while (true) {
      group.clear();
      group.add(inbox.take());
      inbox.drainTo(group, BATCH - 1);
      table.append(group.stream().map(it -> it.body).toList());
      group.forEach(it -> it.durable.complete(it.body));
    }
  }

  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
