package io.salvor.server.engine;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.time.Now;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How long an attempt has been at it, how long it has been silent, and how much it has written:
/// separate limits (Z8); times are of the monotonic clock (Z7). Thread-safe.
final class Attention {
  private final Limits limits;
  private final Now spawned;
  private Now lastProgress;
  private boolean anyOutput;
  private long written;
  private @Nullable Now lastWord;

  /// @param spawned when the agent was started
  /// @param heardBefore whether anything of it was read before; its silence is counted from `now`
  ///   then
  Attention(Limits limits, Now spawned, boolean heardBefore, Now now) {
    this.limits = limits;
    this.spawned = spawned;
    this.lastProgress = now;
    this.anyOutput = heardBefore;
  }

  /// Bytes came.
  ///
  /// @param bytes how many there are by now
  synchronized void heard(Now at, boolean progress, long bytes) {
    anyOutput = true;
    written = bytes;
    if (progress) {
      lastProgress = at;
    }
  }

  /// The agent said its last word.
  synchronized void saidLastWord(Now at) {
    if (lastWord == null) {
      lastWord = at;
    }
  }

  /// Which limit is reached.
  synchronized Optional<StopCause> reached(Now now) {
    if (lastWord != null) {
      return exceeded(lastWord, now, limits.resultGrace())
          ? Optional.of(StopCause.RESULT_LINGERS)
          : Optional.empty();
    }
    if (written > limits.outputBytes()) {
      return Optional.of(StopCause.OUTPUT_LIMIT);
    }
    if (exceeded(spawned, now, limits.deadline())) {
      return Optional.of(StopCause.DEADLINE);
    }
    if (!anyOutput) {
      return exceeded(lastProgress, now, limits.firstEvent())
          ? Optional.of(StopCause.FIRST_EVENT)
          : Optional.empty();
    }
    return exceeded(lastProgress, now, limits.silence())
        ? Optional.of(StopCause.SILENCE)
        : Optional.empty();
  }

  /// Another boot means that nothing of the attempt lives: that shows elsewhere, and no limit is
  /// charged.
  private static boolean exceeded(Now since, Now now, Duration limit) {
    return now.since(since).filter(passed -> passed.compareTo(limit) >= 0).isPresent();
  }
}
