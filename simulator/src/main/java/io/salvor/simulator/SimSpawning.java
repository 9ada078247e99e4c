package io.salvor.simulator;

import io.salvor.domain.agent.Spawn;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Claimed;
import java.util.List;

/// Starts an agent: a shim is sent off, and whoever takes the attempt's ticket first wins.
final class SimSpawning extends SimEffect {
  private static final List<Spawn.Kind> PROBLEMS =
      List.of(
          Spawn.Kind.FAILED,
          Spawn.Kind.DISK_FULL,
          Spawn.Kind.WORKSPACE_LOCKED,
          Spawn.Kind.PROGRAM_MISSING,
          Spawn.Kind.ARGUMENTS_TOO_LONG);

  private final SimAgent agent;
  private boolean shimSent;

  SimSpawning(World world, Inbox inbox, Effect effect, Claimed claimed) {
    super(world, inbox, effect);
    this.agent = world.agent(claimed.attempt().ref(), task);
  }

  @Override
  boolean ready() {
    return !shimSent || agent.ticket != SimAgent.Ticket.FREE || agent.shimsOnTheirWay == 0;
  }

  @Override
  void advance() {
    switch (agent.ticket) {
      case SHIM -> {
        say("it runs, or ran");
        tell(
            new Finding.SpawnTried(
                new Spawn.Started(
                    agent.identity(),
                    new Spawn.LaunchNote(List.of("agent"), List.of(), List.of(), ""))));
      }
      case ENDER -> refuse(Spawn.Kind.NEVER_STARTED);
      case FREE -> {
        if (world.diskFull || world.dice.perMille(world.plot.refusal())) {
          agent.ticket = SimAgent.Ticket.ENDER;
          world.fault(Fault.START_REFUSED);
          refuse(world.diskFull ? Spawn.Kind.DISK_FULL : world.dice.oneOf(PROBLEMS));
        } else if (!world.repository(task).hasWorktree(task.id())) {
          agent.ticket = SimAgent.Ticket.ENDER;
          refuse(Spawn.Kind.WORKSPACE_GONE);
        } else {
          agent.shimsOnTheirWay++;
          shimSent = true;
          say("a shim is on its way");
        }
      }
    }
  }

  private void refuse(Spawn.Kind kind) {
    say("refused, " + kind);
    tell(new Finding.SpawnTried(new Spawn.Refused(new Spawn.Problem(kind, "no agent", ""))));
  }
}
