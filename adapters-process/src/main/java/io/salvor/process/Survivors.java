package io.salvor.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what lives of an attempt.
///
/// A process belongs to it if it carries the marker, is in the leader's session, or has its working
/// directory in the workspace and is not provably somebody else's. The shim's own session is left
/// out: it must live to write the exit.
///
/// Somebody else's are: what carries another attempt's marker; what began before the leader; what
/// has a terminal and no marker (a person's shell); this server with its children; and what a
/// living process outside the attempt has started. Only what was orphaned, and taken over by an
/// ancestor of this server as all orphans of the attempt are, is left.
final class Survivors {
  private final String assignment;
  private final Optional<Leader> leader;
  private final long shimSession;
  private final Optional<Path> workspace;
  private final Host host;

  /// @param assignment beginning of the marker's entry in the environment
  /// @param shimSession the shim's pid, 0 where there is none
  /// @param workspace as the kernel names it; empty where there is none
  Survivors(
      String assignment,
      Optional<Leader> leader,
      long shimSession,
      Optional<Path> workspace,
      Host host) {
    this.assignment = assignment;
    this.leader = leader;
    this.shimSession = shimSession;
    this.workspace = workspace;
    this.host = host;
  }

  /// Those that live in `table`.
  List<ProcessEntry> in(ProcessTable table) {
    Set<Long> own = new HashSet<>();
    List<ProcessEntry> found = new ArrayList<>();
    boolean sessionIsOurs = sessionIsOurs(table);
    for (ProcessEntry it : table.entries()) {
      if (eligible(it) && (isLeader(it) || marked(it) || (sessionIsOurs && inSession(it)))) {
        own.add(it.pid());
        found.add(it);
      }
    }
    if (workspace.isPresent() && leader.isPresent()) {
      Lineage lineage = new Lineage(table, own);
      for (ProcessEntry it : table.entries()) {
        if (eligible(it) && !own.contains(it.pid()) && sits(it) && !lineage.foreign(it)) {
          found.add(it);
        }
      }
    }
    return found;
  }

  private boolean eligible(ProcessEntry it) {
    return it.alive()
        && it.pid() > 1
        && it.pid() != host.serverPid()
        && (isLeader(it) || it.session() != shimSession || shimSession == 0);
  }

  private boolean isLeader(ProcessEntry it) {
    return leader.filter(known -> known.is(it)).isPresent();
  }

  private boolean marked(ProcessEntry it) {
    return it.environmentHas(assignment);
  }

  private boolean inSession(ProcessEntry it) {
    return leader.filter(known -> known.pid() == it.session()).isPresent();
  }

  /// A session outlives its leader; its number is given anew only when nobody is left in it.
  private boolean sessionIsOurs(ProcessTable table) {
    return leader
        .filter(known -> table.find(known.pid()).filter(it -> !known.is(it)).isEmpty())
        .isPresent();
  }

  private boolean sits(ProcessEntry it) {
    return it.terminal() == 0
        && !it.environmentHas("SALVOR_ATTEMPT=")
        && leader.filter(known -> it.startTicks() >= known.startTicks()).isPresent()
        && it.workingDirectory().filter(at -> at.startsWith(workspace.orElseThrow())).isPresent();
  }

  /// Who started whom, as far as it can still be seen.
  private final class Lineage {
    private final Map<Long, ProcessEntry> byPid = new HashMap<>();
    private final Set<Long> own;
    private final Set<Long> adopters = new HashSet<>();

    Lineage(ProcessTable table, Set<Long> own) {
      this.own = own;
      table.entries().forEach(it -> byPid.put(it.pid(), it));
      ProcessEntry ancestor = byPid.get(host.serverPid());
      while (ancestor != null && adopters.add(ancestor.parent())) {
        ancestor = byPid.get(ancestor.parent());
      }
      adopters.add(1L);
    }

    boolean foreign(ProcessEntry process) {
      ProcessEntry it = process;
      while (true) {
        if (own.contains(it.parent())) {
          return false;
        }
        if (it.parent() == host.serverPid()) {
          return true;
        }
        if (it.parent() <= 1 || adopters.contains(it.parent())) {
          return startedBeforeLeader(it);
        }
        ProcessEntry parent = byPid.get(it.parent());
        if (parent == null) {
          return false;
        }
        it = parent;
      }
    }

    private boolean startedBeforeLeader(ProcessEntry it) {
      return leader.filter(known -> it.startTicks() < known.startTicks()).isPresent();
    }
  }
}
