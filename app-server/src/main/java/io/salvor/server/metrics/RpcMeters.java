package io.salvor.server.metrics;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts calls by method and status, times those that answer with one message, and tells how many
/// streams are open. To be the outermost interceptor, so that it sees refusals too. Thread-safe.
public final class RpcMeters implements ServerInterceptor {
  private final MeterRegistry registry;
  private final Counter faults;
  private final ConcurrentHashMap<String, AtomicInteger> openStreams = new ConcurrentHashMap<>();

  public RpcMeters(MeterRegistry registry) {
    this.registry = registry;
    this.faults =
        Counter.builder("salvor.rpc.faults")
            .description("Calls that failed by a fault of the server, not of the caller")
            .register(registry);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var measured = new Measured(call.getMethodDescriptor());
    var counting =
        new SimpleForwardingServerCall<Q, R>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            measured.over(status.getCode());
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<Q>(next.startCall(counting, headers)) {
      @Override
      public void onCancel() {
        measured.over(Status.Code.CANCELLED);
        super.onCancel();
      }
    };
  }

  /// One call, from its beginning to its first end.
  private final class Measured {
    private final String method;
    private final boolean unary;
    private final long began = System.nanoTime();
    private final AtomicBoolean over = new AtomicBoolean();

    Measured(MethodDescriptor<?, ?> descriptor) {
      this.method = descriptor.getFullMethodName();
      this.unary = descriptor.getType() == MethodDescriptor.MethodType.UNARY;
      if (!unary) {
        open(method).incrementAndGet();
      }
    }

    void over(Status.Code code) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      if (unary) {
        timer(method, code).record(Duration.ofNanos(System.nanoTime() - began));
      } else {
        open(method).decrementAndGet();
        stream(method, code).increment();
      }
      if (isFault(code)) {
        faults.increment();
      }
    }
  }

  private static boolean isFault(Status.Code code) {
    return code == Status.Code.INTERNAL
        || code == Status.Code.UNKNOWN
        || code == Status.Code.DATA_LOSS;
  }

  private AtomicInteger open(String method) {
    return openStreams.computeIfAbsent(
        method,
        _ -> {
          var open = new AtomicInteger();
          Gauge.builder("salvor.streams.open", open, AtomicInteger::get)
              .description("Streams that are open")
              .tag("method", method)
              .register(registry);
          return open;
        });
  }

  private Timer timer(String method, Status.Code code) {
    return Timer.builder("salvor.rpc")
        .description("Calls that are answered with one message")
        .tag("method", method)
        .tag("code", code.name())
        .serviceLevelObjectives(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(5))
        .register(registry);
  }

  private Counter stream(String method, Status.Code code) {
    return Counter.builder("salvor.streams.ended")
        .description("Streams that are over")
        .tag("method", method)
        .tag("code", code.name())
        .register(registry);
  }
}
