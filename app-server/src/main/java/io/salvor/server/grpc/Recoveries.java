package io.salvor.server.grpc;

import io.salvor.domain.task.Actions;
import io.salvor.domain.task.Backoff;
import io.salvor.domain.task.Recovery;
import io.salvor.server.errors.Errors;
import java.time.Duration;

/// What follows by itself after an attempt, read from requests and written into messages.
final class Recoveries {
  private static final int MOST = 100;

  private Recoveries() {}

  /// What is wanted, over what is usual.
  static Recovery of(io.salvor.v1.Recovery wanted, Recovery usual) {
    return new Recovery(
        switch (wanted.getMode()) {
          case MODE_UNSPECIFIED -> usual.mode();
          case ADVISE -> Recovery.Mode.ADVISE;
          case AUTO -> Recovery.Mode.AUTO;
          case UNRECOGNIZED ->
              throw Errors.invalid("task.recovery.mode", "there is no such mode of recovery");
        },
        wanted.hasMaxRetries()
            ? within("max_retries", wanted.getMaxRetries(), MOST)
            : usual.maxRetries(),
        wanted.hasGateRepairs()
            ? within("gate_repairs", wanted.getGateRepairs(), MOST)
            : usual.gateRepairs(),
        wanted.hasLoopWindow() ? window(wanted.getLoopWindow()) : usual.loopWindow(),
        wanted.hasSpiral()
            ? within("spiral", wanted.getSpiral(), Recovery.MOST_SPIRAL)
            : usual.spiral(),
        new Backoff(
            wanted.hasRetryWait()
                ? wait("retry_wait", wanted.getRetryWait())
                : usual.waits().first(),
            wanted.hasRetryWaitMost()
                ? wait("retry_wait_most", wanted.getRetryWaitMost())
                : usual.waits().most()));
  }

  private static Duration wait(String field, com.google.protobuf.Duration wanted) {
    boolean sensible =
        wanted.getSeconds() >= 0 && wanted.getSeconds() <= Backoff.LONGEST.toSeconds();
    Duration wait = Duration.ofSeconds(sensible ? wanted.getSeconds() : 0, wanted.getNanos());
    if (!sensible || !wait.isPositive() || wait.compareTo(Backoff.LONGEST) > 0) {
      throw Errors.invalid("task.recovery." + field, "is more than nothing and at most 24 h");
    }
    return wait;
  }

  private static com.google.protobuf.Duration message(Duration wait) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(wait.getSeconds())
        .setNanos(wait.getNano())
        .build();
  }

  private static int window(int wanted) {
    if (wanted == 1) {
      throw Errors.invalid("task.recovery.loop_window", "one result is no loop");
    }
    return within("loop_window", wanted, Actions.MAX_WINDOW);
  }

  private static int within(String field, int wanted, int most) {
    if (wanted < 0 || wanted > most) {
      throw Errors.invalid("task.recovery." + field, "is from 0 to " + most);
    }
    return wanted;
  }

  static io.salvor.v1.Recovery message(Recovery recovery) {
    return io.salvor.v1.Recovery.newBuilder()
        .setMode(
            recovery.mode() == Recovery.Mode.AUTO
                ? io.salvor.v1.Recovery.Mode.AUTO
                : io.salvor.v1.Recovery.Mode.ADVISE)
        .setMaxRetries(recovery.maxRetries())
        .setGateRepairs(recovery.gateRepairs())
        .setLoopWindow(recovery.loopWindow())
        .setSpiral(recovery.spiral())
        .setRetryWait(message(recovery.waits().first()))
        .setRetryWaitMost(message(recovery.waits().most()))
        .build();
  }
}
