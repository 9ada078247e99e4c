package io.salvor.server.wiring;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.health.v1.HealthGrpc;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.TaskServiceGrpc;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The threads that calls run on. Calls that ask only the store and the engine share a few, which
/// is faster than one thread each: none of them waits for long. The others, which wait for git or
/// read whatever there is, have threads of their own, so that a git that hangs holds up no
/// `status`. Streams bring theirs.
public final class CallThreads implements ServerCallExecutorSupplier {
  private static final int QUICK = 8;
  private static final int OTHERS = 64;
  private static final int IDLE_SECONDS = 30;

  private static final Set<String> ONLY_STORE_AND_ENGINE =
      Stream.of(
              HealthGrpc.getCheckMethod(),
              InstanceServiceGrpc.getGetStatusMethod(),
              TaskServiceGrpc.getGetTaskMethod(),
              TaskServiceGrpc.getDispatchTaskMethod(),
              TaskServiceGrpc.getCommentTaskMethod(),
              TaskServiceGrpc.getMergeTaskMethod(),
              TaskServiceGrpc.getRejectTaskMethod(),
              TaskServiceGrpc.getReopenTaskMethod(),
              TaskServiceGrpc.getPauseTaskMethod(),
              TaskServiceGrpc.getResumeTaskMethod(),
              TaskServiceGrpc.getCancelTaskMethod())
          .map(MethodDescriptor::getFullMethodName)
          .collect(Collectors.toUnmodifiableSet());

  private final ExecutorService quick = pool("call-", QUICK);
  private final ExecutorService others = pool("long-call-", OTHERS);

  private static ExecutorService pool(String name, int threads) {
    var pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name(name, 0).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /// Where every call begins.
  public Executor quick() {
    return quick;
  }

  /// Null keeps a call where it began.
  @Override
  public <Q, A> @Nullable Executor getExecutor(ServerCall<Q, A> call, Metadata metadata) {
    boolean stays = ONLY_STORE_AND_ENGINE.contains(call.getMethodDescriptor().getFullMethodName());
    return stays ? null : others;
  }

  /// Interrupts what still runs.
  public void shut() {
    quick.shutdownNow();
    others.shutdownNow();
  }
}
