package io.salvor.bench;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// One connection to a gRPC server on a Unix socket. Thread-safe.
final class UnixClient implements AutoCloseable {
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final ManagedChannel channel;

  UnixClient(Path socket) {
    channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .overrideAuthority("localhost")
            .eventLoopGroup(loop)
            .channelType(EpollDomainSocketChannel.class)
            .usePlaintext()
            .directExecutor()
            .build();
  }

  /// One question; the future fails as the call does.
  <Q, A> CompletableFuture<A> call(MethodDescriptor<Q, A> method, Q question) {
    var future = new CompletableFuture<A>();
    ClientCalls.asyncUnaryCall(
        channel.newCall(method, CallOptions.DEFAULT),
        question,
        new StreamObserver<A>() {
          @Override
          public void onNext(A answer) {
            future.complete(answer);
          }

          @Override
          public void onError(Throwable failure) {
            future.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {}
        });
    return future;
  }

  /// Starts `total` operations, at most `inFlight` at a time.
  ///
  /// @return operations per second
  static double perSecond(int inFlight, int total, IntFunction<CompletableFuture<?>> start)
      throws InterruptedException {
    var permits = new Semaphore(inFlight);
    var failure = new AtomicReference<@Nullable Throwable>();
    long began = System.nanoTime();
    for (int i = 0; i < total; i++) {
      permits.acquire();
      var _ =
          start
              .apply(i)
              .whenComplete((_, thrown) -> {
                if (thrown != null) {
                  failure.compareAndSet(null, thrown);
                }
                permits.release();
              });
    }
    permits.acquire(inFlight);
    double seconds = (System.nanoTime() - began) / 1e9;
    if (failure.get() != null) {
      throw new IllegalStateException("an operation failed", failure.get());
    }
    return total / seconds;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
