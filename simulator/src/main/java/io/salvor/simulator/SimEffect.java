package io.salvor.simulator;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.engine.Input;
import io.salvor.domain.task.Observation;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Task;
import org.jspecify.annotations.Nullable;

/// An effect that is carried out one small step at a time, so that the server can go down between
/// any two of them. What it found is told until the log takes it.
abstract class SimEffect {
  final World world;
  final Effect effect;
  final Task task;
  private final Inbox inbox;
  private @Nullable Finding told;
  private @Nullable Reply reply;
  private boolean over;

  SimEffect(World world, Inbox inbox, Effect effect) {
    this.world = world;
    this.inbox = inbox;
    this.effect = effect;
    this.task = effect.task();
  }

  /// Where an effect puts what it has to say.
  interface Inbox {
    void put(Message message);
  }

  /// Whether it could go on now.
  final boolean canStep() {
    return !over && (reply == null || !reply.isPending()) && ready();
  }

  final boolean isOver() {
    return over;
  }

  final void step() {
    if (reply == null) {
      if (world.dice.perMille(world.plot.unavailable())) {
        lose();
      } else {
        advance();
      }
      return;
    }
    Finding finding = told;
    Reply.Outcome outcome = reply.outcome();
    reply = null;
    told = null;
    if (outcome == Reply.Outcome.NO_ANSWER && finding != null) {
      tell(finding);
    } else {
      heard(outcome == Reply.Outcome.DONE);
    }
  }

  /// Whether the world lets it go on.
  boolean ready() {
    return true;
  }

  /// Does the next thing.
  abstract void advance();

  /// What it told is judged.
  ///
  /// @param taken whether anything followed
  void heard(boolean taken) {
    over = true;
  }

  final void tell(Finding finding) {
    var observation = new Observation(task.id(), task.since(), finding);
    reply = new Reply();
    told = finding;
    inbox.put(new Message(new Input.Saw(world.clock.now(), observation), reply));
  }

  /// It comes to nothing, and nobody knows how far it got.
  final void lose() {
    world.fault(Fault.EFFECT_CAME_TO_NOTHING);
    world.tale.tell(this + " comes to nothing");
    inbox.put(new Message(new Input.EffectLost(task.id(), task.since()), new Reply()));
    over = true;
  }

  final void end() {
    over = true;
  }

  final void say(String what) {
    world.tale.tell(this + ": " + what);
  }

  @Override
  public final String toString() {
    return effect.kind() + " " + task.display();
  }
}
