package io.salvor.simulator;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.time.Now;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The host's processes, by attempt.
final class SimProcesses {
  private static final Comparator<AttemptRef> ORDER =
      Comparator.comparing(AttemptRef::task).thenComparingInt(AttemptRef::number);

  private final TreeMap<AttemptRef, SimAgent> agents = new TreeMap<>(ORDER);

  /// What belongs to an attempt; made where nothing did.
  SimAgent of(AttemptRef attempt, Agent agent, Dice dice, int strange) {
    SimAgent known = agents.get(attempt);
    if (known != null) {
      return known;
    }
    var made = new SimAgent(attempt, agent, Script.drawnFrom(dice, agent.protocol(), strange));
    agents.put(attempt, made);
    return made;
  }

  Optional<SimAgent> find(AttemptRef attempt) {
    return Optional.ofNullable(agents.get(attempt));
  }

  Collection<SimAgent> all() {
    return agents.values();
  }

  /// Agents and shims that can do something by themselves now.
  List<SimAgent> busy() {
    var busy = new ArrayList<SimAgent>();
    for (SimAgent agent : agents.values()) {
      if (agent.canAct() || agent.childCanSpeak() || agent.shimsOnTheirWay > 0) {
        busy.add(agent);
      }
    }
    return busy;
  }

  /// A shim gets to the ticket: the first one starts the agent, every other steps back.
  boolean shimArrives(SimAgent agent, Now now) {
    agent.shimsOnTheirWay--;
    if (agent.ticket != SimAgent.Ticket.FREE) {
      return false;
    }
    agent.start(now);
    return true;
  }

  void hostLost() {
    agents.values().forEach(SimAgent::hostLost);
  }

  /// Shims end what is past its deadline, whether or not a server runs.
  List<SimAgent> endPastDeadline(Now now, Duration deadline) {
    var ended = new ArrayList<SimAgent>();
    for (SimAgent agent : agents.values()) {
      if (agent.alive()
          && now.since(agent.started()).filter(it -> it.compareTo(deadline) > 0).isPresent()) {
        agent.endedAtDeadline = true;
        agent.signal(false);
        agent.signal(true);
        ended.add(agent);
      }
    }
    return ended;
  }
}
