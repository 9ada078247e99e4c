package io.salvor.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Ends processes and proves that none is left: TERM, 5 s, KILL, then sweeps until two in a row
/// find nothing and the lock, which everything inherits, is free.
final class Stopper {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Survivors survivors;
  private final Optional<Path> lock;
  private final ShimSession shim;
  private final FirstSignal firstSignal;
  private final Set<Born> outlivedLeader = new HashSet<>();
  private final LeaderState leader;

  /// One process, however it has changed between two looks.
  private record Born(long pid, long startTicks) {}

  /// Told before the first signal.
  interface FirstSignal {
    void comes() throws IOException;
  }

  /// Whether the leader lives.
  interface LeaderState {
    boolean alive();
  }

  /// @param lock empty where a later attempt has had it since, which proves that it was free
  Stopper(
      Survivors survivors,
      Optional<Path> lock,
      ShimSession shim,
      FirstSignal firstSignal,
      LeaderState leader) {
    this.survivors = survivors;
    this.lock = lock;
    this.shim = shim;
    this.firstSignal = firstSignal;
    this.leader = leader;
  }

  /// Returns when nothing is left.
  ///
  /// @return how many processes outlived the leader and were ended
  int stop() throws IOException, InterruptedException {
    ask();
    sweep();
    return outlivedLeader.size();
  }

  private void ask() throws IOException, InterruptedException {
    ProcessTable table = ProcessTable.scan();
    List<ProcessEntry> living = survivors.in(table);
    if (living.isEmpty()) {
      return;
    }
    signal(living, table, Posix.SIGTERM);
    Countdown grace = Countdown.of(GRACE);
    Pause pause = Pause.forProcesses();
    while (!grace.over() && living.stream().anyMatch(ProcessEntry::stillAlive)) {
      pause.rest();
    }
  }

  private void sweep() throws IOException, InterruptedException {
    Countdown patience = Countdown.of(PATIENCE);
    Pause pause = Pause.forProcesses();
    int empty = 0;
    while (empty < 2) {
      ProcessTable table = ProcessTable.scan();
      List<ProcessEntry> living = survivors.in(table);
      if (living.isEmpty() && empty == 1) {
        living = whatHoldsTheLock(table);
      }
      if (living.isEmpty()) {
        empty++;
        if (empty == 2 && !lockIsFree()) {
          empty = 1;
          shim.endIfItStays();
        }
      } else {
        empty = 0;
        signal(living, table, Posix.SIGKILL);
      }
      if (empty < 2) {
        giveUpIfOver(patience, living);
        pause.rest();
      }
    }
  }

  /// What has shed marker, session and working directory, and still has the open lock that it
  /// inherited. The shim is left to finish.
  private List<ProcessEntry> whatHoldsTheLock(ProcessTable table) throws IOException {
    if (lock.isEmpty() || lockIsFree()) {
      return List.of();
    }
    Path file = lock.get().toRealPath();
    return table.entries().stream()
        .filter(it -> it.alive() && it.pid() > 1 && it.pid() != ProcessHandle.current().pid())
        .filter(it -> !shim.has(it))
        .filter(it -> it.holdsOpen(file))
        .toList();
  }

  private boolean lockIsFree() throws IOException {
    return lock.isEmpty() || Posix.lockIsFree(lock.get());
  }

  private void signal(List<ProcessEntry> living, ProcessTable table, int signal)
      throws IOException {
    firstSignal.comes();
    if (!leader.alive()) {
      living.forEach(it -> outlivedLeader.add(new Born(it.pid(), it.startTicks())));
    }
    Set<Long> pids = living.stream().map(ProcessEntry::pid).collect(Collectors.toSet());
    living.stream()
        .map(ProcessEntry::group)
        .distinct()
        .filter(group -> group > 1 && isWhollyOurs(group, table, pids))
        .forEach(group -> Posix.kill(-group, signal));
    for (ProcessEntry it : living) {
      if (signal == Posix.SIGKILL && it.stillAlive()) {
        Posix.kill(it.pid(), signal);
      } else if (!isWhollyOurs(it.group(), table, pids) && it.stillAlive()) {
        Posix.kill(it.pid(), signal);
      }
    }
  }

  /// A group is signalled at once, so that nothing forks away meanwhile, but only if nobody else is
  /// in it.
  private static boolean isWhollyOurs(long group, ProcessTable table, Set<Long> pids) {
    return table.entries().stream()
        .filter(it -> it.group() == group && it.alive())
        .allMatch(it -> pids.contains(it.pid()));
  }

  private static void giveUpIfOver(Countdown patience, List<ProcessEntry> living)
      throws IOException {
    if (patience.over()) {
      throw new IOException(
          "does not end: "
              + living.stream()
                  .map(it -> it.pid() + " (state " + it.state() + ")")
                  .collect(Collectors.joining(", ")));
    }
  }
}
