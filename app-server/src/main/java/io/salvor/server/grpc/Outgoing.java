package io.salvor.server.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A stream to a caller that takes only as much as the caller takes. Used by one thread; made on
/// the call's own thread.
final class Outgoing<R> {
  private final ServerCallStreamObserver<R> observer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  Outgoing(StreamObserver<R> observer) {
    this.observer = (ServerCallStreamObserver<R>) observer;
    this.observer.setOnReadyHandler(this::wake);
    this.observer.setOnCancelHandler(this::wake);
  }

  /// The caller hung up, or its deadline passed.
  static final class CallerGone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CallerGone() {
      super("the caller is gone", null, false, false);
    }
  }

  /// Sends when the caller is ready to take it.
  ///
  /// @throws CallerGone where nobody is there any more
  void send(R message) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!observer.isReady() && !observer.isCancelled()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
    checkThere();
    observer.onNext(message);
  }

  /// @throws CallerGone where nobody is there any more
  void checkThere() {
    if (observer.isCancelled()) {
      throw new CallerGone();
    }
  }

  void complete() {
    if (!observer.isCancelled()) {
      observer.onCompleted();
    }
  }

  void fail(StatusRuntimeException why) {
    if (!observer.isCancelled()) {
      observer.onError(why);
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
