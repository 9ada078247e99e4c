package io.salvor.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether the kernel says that it killed an attempt's leader for memory.
///
/// The kernel's log names the process, unless it counts in another pid namespace; where it names no
/// such process or may not be read, a count of kills that grew while the leader ran counts. That
/// some child was killed is not evidence: its parent has seen it, and may have gone on.
final class OomEvidence {
  private static final Pattern KILL =
      Pattern.compile("^\\[ *(\\d+)\\.\\d+\\].*[Kk]illed process (\\d+) ");
  private static final int SIGKILL_STATUS = 128 + Posix.SIGKILL;

  /// Ticks of `/proc/<pid>/stat` in a second, on every Linux.
  private static final int TICKS_PER_SECOND = 100;

  private final List<String> kernelLog;

  /// @param kernelLog the command that prints the kernel's log
  OomEvidence(List<String> kernelLog) {
    this.kernelLog = List.copyOf(kernelLog);
  }

  boolean shows(Leader leader, Optional<ExitNote> exit, Optional<OomCount> before) {
    if (exit.isPresent() && exit.get().status() != SIGKILL_STATUS) {
      return false;
    }
    Optional<List<Long>> killed = killedSince(leader.startTicks() / TICKS_PER_SECOND);
    if (killed.isPresent() && killed.get().contains(leader.pid())) {
      return true;
    }
    boolean logSaysNone = killed.isPresent() && killed.get().isEmpty();
    return !logSaysNone && exit.isPresent() && before.filter(OomCount::grewSince).isPresent();
  }

  /// Pids in the kernel's log; empty where it may not be read.
  private Optional<List<Long>> killedSince(long secondsAfterBoot) {
    try {
      Process printing =
          new ProcessBuilder(kernelLog)
              .redirectInput(new File("/dev/null"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader lines = printing.inputReader()) {
        List<Long> pids =
            lines
                .lines()
                .map(KILL::matcher)
                .filter(Matcher::find)
                .filter(kill -> Long.parseLong(kill.group(1)) >= secondsAfterBoot)
                .map(kill -> Long.parseLong(kill.group(2)))
                .toList();
        return printing.waitFor() == 0 ? Optional.of(pids) : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
