package io.salvor.simulator;

import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Stopping;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ends an attempt: takes the ticket, signals, kills, sweeps, hands over the rest of the output and
/// proves that nothing lives.
final class SimEnding extends SimEffect {
  private final SimAgent agent;
  private final SimHandover handover;
  private boolean asked;
  private @Nullable OutputBatch handed;

  SimEnding(World world, Inbox inbox, Effect effect, Stopping stopping) {
    super(world, inbox, effect);
    this.agent = world.agent(stopping.attempt().ref(), task);
    this.handover = new SimHandover(world, agent, stopping.progress().offset());
  }

  @Override
  void advance() {
    if (agent.ticket == SimAgent.Ticket.FREE) {
      agent.ticket = SimAgent.Ticket.ENDER;
      say("takes the ticket");
    } else if (agent.alive()) {
      agent.signal(asked);
      if (!asked) {
        noteAnswer();
      }
      say(asked ? "kills" : "asks to end");
      asked = true;
    } else if (agent.childAlive) {
      agent.childAlive = false;
      say("sweeps up what outlived the agent");
    } else {
      handOverOrProve();
    }
  }

  private void noteAnswer() {
    switch (agent.script.onSignal()) {
      case IGNORE -> world.fault(Fault.AGENT_IGNORES_SIGNALS);
      case CLAIM_SUCCESS -> world.fault(Fault.AGENT_CLAIMS_SUCCESS_WHEN_STOPPED);
      case DIE, LEAVE_WITH_0 -> {}
    }
  }

  private void handOverOrProve() {
    Optional<OutputBatch> batch = handover.next();
    if (batch.isPresent()) {
      handed = batch.get();
      say("hands over " + handed.from() + " to " + handed.to());
      tell(new Finding.Output(handed));
    } else {
      if (world.dice.perMille(world.plot.unavailable() / 4)) {
        world.fault(Fault.WORKSPACE_UNREADABLE);
        say("nothing lives; nobody can read the workspace");
        tell(new Finding.GoneUnread(agent.evidence(world.clock.now()), "git does not answer"));
        return;
      }
      var left = world.repository(task).snapshot(task.id());
      say("nothing lives; the branch is at " + left.head().orElse("nothing"));
      tell(new Finding.Gone(agent.evidence(world.clock.now()), left));
    }
  }

  @Override
  void heard(boolean taken) {
    OutputBatch batch = handed;
    handed = null;
    if (batch == null || !taken) {
      end();
    } else {
      handover.taken(batch);
    }
  }
}
