package io.salvor.simulator;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.engine.Effect;
import io.salvor.domain.engine.Input;
import io.salvor.domain.task.Observation;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.TaskState.Running;
import io.salvor.domain.time.Now;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows an agent until it is gone and all it said was handed over, and minds its limits of time.
final class SimWatching extends SimEffect {
  private final Inbox inbox;
  private final SimAgent agent;
  private final SimHandover handover;
  private final Running running;
  private boolean adopted;
  private boolean anyOutput;
  private boolean limitTold;
  private boolean exitTold;
  private Now lastProgress;
  private @Nullable Now lastWord;
  private @Nullable OutputBatch handed;

  SimWatching(World world, Inbox inbox, Effect effect, Running running, boolean afterStart) {
    super(world, inbox, effect);
    this.inbox = inbox;
    this.running = running;
    this.agent = world.agent(running.attempt().ref(), task);
    this.handover = new SimHandover(world, agent, running.progress().offset());
    this.adopted = !afterStart;
    this.anyOutput = running.progress().events() > 0;
    this.lastProgress = afterStart ? world.clock.now() : running.since();
    this.lastWord = running.progress().terminal().isPresent() ? world.clock.now() : null;
  }

  @Override
  boolean ready() {
    return !adopted || handover.hasMore() || !agent.alive();
  }

  @Override
  void advance() {
    if (!adopted) {
      adopted = true;
      say("found again");
      tell(new Finding.Followed());
      return;
    }
    Optional<OutputBatch> batch = handover.next();
    if (batch.isPresent()) {
      handed = batch.get();
      say("hands over " + handed.from() + " to " + handed.to());
      tell(new Finding.Output(handed));
    } else {
      exitTold = true;
      say("the agent is gone");
      tell(new Finding.Exited());
    }
  }

  @Override
  void heard(boolean taken) {
    OutputBatch batch = handed;
    handed = null;
    if (!taken || exitTold) {
      end();
      return;
    }
    if (batch == null) {
      return; // found again
    }
    handover.taken(batch);
    anyOutput = true;
    if (!batch.events().stream().allMatch(AgentEvent.ProviderRetry.class::isInstance)) {
      lastProgress = world.clock.now();
    }
    if (batch.events().stream().anyMatch(AgentEvent.Terminal.class::isInstance)) {
      lastWord = world.clock.now();
    }
  }

  /// Tells, beside what it does, that a limit of time is reached.
  void mindLimits() {
    Optional<StopCause> reached = limitTold ? Optional.empty() : reached(world.clock.now());
    reached.ifPresent(cause -> {
      limitTold = true;
      say("reaches its limit, " + cause);
      var seen = new Observation(task.id(), task.since(), new Finding.LimitReached(cause));
      inbox.put(new Message(new Input.Saw(world.clock.now(), seen), limitReply()));
    });
  }

  /// A limit that the log did not take is told again at the next look.
  private Reply limitReply() {
    return new Reply() {
      @Override
      void give(Outcome given, long rests) {
        super.give(given, rests);
        limitTold = given != Outcome.NO_ANSWER;
      }
    };
  }

  private Optional<StopCause> reached(Now now) {
    Limits limits = task.spec().limits();
    Now word = lastWord;
    if (word != null) {
      return exceeded(word, now, limits.resultGrace(), StopCause.RESULT_LINGERS);
    }
    if (agent.length() > limits.outputBytes()) {
      world.fault(Fault.AGENT_SPEWS);
      return Optional.of(StopCause.OUTPUT_LIMIT);
    }
    return exceeded(running.since(), now, limits.deadline(), StopCause.DEADLINE)
        .or(() ->
            anyOutput
                ? exceeded(lastProgress, now, limits.silence(), StopCause.SILENCE)
                : exceeded(lastProgress, now, limits.firstEvent(), StopCause.FIRST_EVENT));
  }

  private static Optional<StopCause> exceeded(Now since, Now now, Duration limit, StopCause cause) {
    return now.since(since).filter(passed -> passed.compareTo(limit) >= 0).map(_ -> cause);
  }
}
