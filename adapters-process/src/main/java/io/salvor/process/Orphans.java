package io.salvor.process;

import java.util.Set;
import java.util.stream.Collectors;

/// Dead processes that this one inherited, as the first process of a container inherits what agents
/// leave behind: until somebody waits for them, each takes one of the host's processes. For one
/// thread.
public final class Orphans {
  private static final char ZOMBIE = 'Z';

  private Set<ProcessEntry> dead = Set.of();

  /// Buries those that were dead when this was called before. What Java itself started is waited
  /// for at once by a thread of Java's, and is never dead for so long; to be called every few
  /// seconds.
  ///
  /// @return how many
  public long bury() {
    long self = ProcessHandle.current().pid();
    Set<ProcessEntry> before = dead;
    dead =
        ProcessTable.scan().entries().stream()
            .filter(it -> it.parent() == self && it.state() == ZOMBIE)
            .collect(Collectors.toUnmodifiableSet());
    return dead.stream().filter(before::contains).filter(it -> Posix.bury(it.pid())).count();
  }
}
