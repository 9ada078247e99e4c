package io.salvor.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.salvor.v1.AgentServiceGrpc;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WorkspaceServiceGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A real gRPC server on a Unix socket or on TCP that answers as a test says.
public final class FakeServer implements AutoCloseable {
  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          TaskServiceGrpc.getServiceDescriptor(),
          AgentServiceGrpc.getServiceDescriptor(),
          RecordServiceGrpc.getServiceDescriptor(),
          InstanceServiceGrpc.getServiceDescriptor(),
          ObservationServiceGrpc.getServiceDescriptor(),
          WorkspaceServiceGrpc.getServiceDescriptor());

  /// Kept, so that its level is: an option that Unix sockets do not have is not worth a line in
  /// each test.
  private static final Logger NETTY = Logger.getLogger("io.grpc.netty.shaded.io.netty.bootstrap");

  static {
    NETTY.setLevel(Level.SEVERE);
  }

  private final Map<String, BiConsumer<Object, StreamObserver<Object>>> behaviour =
      new ConcurrentHashMap<>();
  private final List<Object> asked = new CopyOnWriteArrayList<>();
  private final List<Metadata> metadata = new CopyOnWriteArrayList<>();
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final Server server;

  private FakeServer(NettyServerBuilder builder) throws IOException {
    builder.bossEventLoopGroup(group).workerEventLoopGroup(group);
    builder.maxInboundMessageSize(64 << 20);
    for (ServiceDescriptor service : SERVICES) {
      var definition = ServerServiceDefinition.builder(service);
      for (MethodDescriptor<?, ?> method : service.getMethods()) {
        add(definition, method);
      }
      builder.addService(ServerInterceptors.intercept(definition.build(), new Listener()));
    }
    server = builder.build().start();
  }

  /// Listens where a home's server does.
  public static FakeServer inHome(Path home) throws IOException {
    Path socket = Files.createDirectories(home.resolve("run")).resolve("salvor.sock");
    Files.deleteIfExists(socket);
    return new FakeServer(
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class));
  }

  /// Listens on a free port of loopback.
  public static FakeServer onTcp() throws IOException {
    return new FakeServer(
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .channelType(
                io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel.class));
  }

  public int port() {
    return server.getPort();
  }

  @SuppressWarnings("unchecked") // methods are called by their descriptors, which fit
  private void add(ServerServiceDefinition.Builder definition, MethodDescriptor<?, ?> method) {
    var untyped = (MethodDescriptor<Object, Object>) method;
    definition.addMethod(
        untyped,
        ServerCalls.asyncServerStreamingCall((request, replies) -> {
          asked.add(request);
          BiConsumer<Object, StreamObserver<Object>> answer =
              behaviour.getOrDefault(
                  method.getFullMethodName(),
                  (_, observer) -> observer.onError(Status.UNIMPLEMENTED.asRuntimeException()));
          answer.accept(request, replies);
        }));
  }

  /// From now on answers this call so.
  public <Q, A> FakeServer on(MethodDescriptor<Q, A> method, Function<Q, A> answer) {
    return onStream(
        method,
        (request, replies) -> {
          replies.onNext(answer.apply(request));
          replies.onCompleted();
        });
  }

  /// From now on answers this call so.
  @SuppressWarnings("unchecked") // the descriptor says what comes
  public <Q, A> FakeServer onStream(
      MethodDescriptor<Q, A> method, BiConsumer<Q, StreamObserver<A>> answer) {
    behaviour.put(
        method.getFullMethodName(),
        (request, replies) -> answer.accept((Q) request, (StreamObserver<A>) (Object) replies));
    return this;
  }

  /// From now on refuses this call.
  public FakeServer refuse(
      MethodDescriptor<?, ?> method,
      Status.Code code,
      String message,
      String reason,
      String hint,
      Message... more) {
    behaviour.put(
        method.getFullMethodName(),
        (_, replies) -> replies.onError(refusal(code, message, reason, hint, more)));
    return this;
  }

  private static StatusException refusal(
      Status.Code code, String message, String reason, String hint, Message... more) {
    var info = ErrorInfo.newBuilder().setReason(reason).setDomain("salvor.dev");
    if (!hint.isEmpty()) {
      info.putMetadata("hint", hint);
    }
    var status =
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(message)
            .addDetails(Any.pack(info.build()));
    for (Message detail : more) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusException(status.build());
  }

  /// What was asked of this kind, in order.
  public <Q> List<Q> asked(Class<Q> kind) {
    return asked.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /// A header of the last call.
  public String header(String name) {
    String value = metadata.getLast().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    return value == null ? "" : value;
  }

  /// Is gone at once, as a server that was killed.
  public void kill() {
    server.shutdownNow();
    var ended = group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    if (!ended.isSuccess()) {
      throw new IllegalStateException(ended.cause());
    }
  }

  @Override
  public void close() {
    kill();
  }

  private final class Listener implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      metadata.add(headers);
      return next.startCall(call, headers);
    }
  }
}
