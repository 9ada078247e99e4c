package io.salvor.simulator;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.ProcessIdentity;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.time.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything on the host that belongs to one attempt: its ticket, shims on their way, the agent
/// with what it wrote, and what it left. Outlives every server.
final class SimAgent {
  /// Who took the attempt's ticket.
  enum Ticket {
    FREE,
    SHIM,
    ENDER
  }

  private static final int LINE = 10;

  final AttemptRef attempt;
  final Agent agent;
  final Script script;
  final List<AgentEvent> output = new ArrayList<>();
  Ticket ticket = Ticket.FREE;
  int shimsOnTheirWay;
  boolean childAlive;
  boolean endedAtDeadline;
  @Nullable Now startedAt;
  private boolean alive;
  private int acted;
  private Usage usage = Usage.NONE;
  private Exit exit = new Exit.Unknown();
  private boolean outOfMemory;
  private boolean leftByItself;
  private boolean childSpoke;
  private long lengthAtFirstSignal = -1;

  SimAgent(AttemptRef attempt, Agent agent, Script script) {
    this.attempt = attempt;
    this.agent = agent;
    this.script = script;
  }

  void start(Now now) {
    ticket = Ticket.SHIM;
    alive = true;
    startedAt = now;
    childAlive = script.leavesChild();
  }

  boolean alive() {
    return alive;
  }

  boolean anythingAlive() {
    return alive || childAlive;
  }

  boolean ran() {
    return startedAt != null;
  }

  ProcessIdentity identity() {
    Now start = started();
    return new ProcessIdentity(
        1000 + attempt.epoch(), start.monotonic().toMillis(), start.bootId(), "marker");
  }

  Now started() {
    if (startedAt == null) {
      throw new IllegalStateException("never started: " + attempt);
    }
    return startedAt;
  }

  /// Whether it has something left to do by itself.
  boolean canAct() {
    return alive && (acted < script.acts().size() || script.leave() != Script.Leave.NOT_AT_ALL);
  }

  /// The next thing it does; empty where it left.
  Optional<Script.Act> act() {
    if (acted < script.acts().size()) {
      Script.Act act = script.acts().get(acted);
      acted++;
      if (act == Script.Act.TELL_USAGE || act == Script.Act.TELL_MUCH_USAGE) {
        usage = Script.more(usage, act);
      }
      say(act);
      return Optional.of(act);
    }
    leave();
    return Optional.empty();
  }

  private void say(Script.Act act) {
    Script.event(act, new ByteRange(length(), LINE), usage).ifPresent(output::add);
  }

  /// Whether a child that outlived it has something left to say.
  boolean childCanSpeak() {
    return childAlive && !alive && !childSpoke;
  }

  /// The child writes where the agent wrote: what the agent would have said next.
  void childSpeaks() {
    childSpoke = true;
    say(acted < script.acts().size() ? script.acts().get(acted) : Script.Act.SAY);
  }

  /// The provider is overloaded: it says so, and tries again.
  void waitsForProvider() {
    say(Script.Act.WAIT_FOR_PROVIDER);
  }

  /// The provider does not answer it: it says so and, having waited in vain, leaves.
  void failsAtProvider(Verdict verdict) {
    output.add(
        new AgentEvent.Terminal(new ByteRange(length(), LINE), verdict, "no answer", List.of()));
    exitedWith(1, lengthAtFirstSignal < 0);
  }

  private void leave() {
    switch (script.leave()) {
      case STATUS_0 -> exitedWith(0, lengthAtFirstSignal < 0);
      case STATUS_1 -> exitedWith(1, lengthAtFirstSignal < 0);
      case BY_SIGNAL -> exitedWith(139, false);
      case OUT_OF_MEMORY -> {
        exitedWith(137, false);
        outOfMemory = true;
      }
      case NOT_AT_ALL -> throw new IllegalStateException("stays: " + attempt);
    }
  }

  private void exitedWith(int status, boolean byItself) {
    alive = false;
    exit = new Exit.Status(status, false);
    leftByItself = byItself;
  }

  /// Somebody asks it to end, politely or not.
  void signal(boolean kill) {
    if (!alive) {
      return;
    }
    if (lengthAtFirstSignal < 0) {
      lengthAtFirstSignal = length();
    }
    if (kill) {
      exitedWith(137, false);
      return;
    }
    switch (script.onSignal()) {
      case DIE -> exitedWith(143, false);
      case CLAIM_SUCCESS -> {
        say(Script.Act.SUCCEED);
        exitedWith(0, false);
      }
      case LEAVE_WITH_0 -> exitedWith(0, false);
      case IGNORE -> {}
    }
  }

  /// Somebody outside kills the agent, and maybe the shim that would have written its status.
  void strayKill(boolean shimToo) {
    alive = false;
    exit = shimToo ? new Exit.Unknown() : new Exit.Status(137, false);
  }

  /// The host goes down.
  void hostLost() {
    alive = false;
    childAlive = false;
    shimsOnTheirWay = 0;
  }

  long length() {
    return (long) output.size() * LINE;
  }

  /// The events that begin at or after `offset`.
  List<AgentEvent> outputFrom(long offset) {
    return output.subList((int) (offset / LINE), output.size());
  }

  Evidence evidence(Now now) {
    boolean sameBoot = startedAt == null || startedAt.bootId().equals(now.bootId());
    return new Evidence(
        exit,
        outOfMemory,
        sameBoot,
        lengthAtFirstSignal < 0 ? length() : lengthAtFirstSignal,
        false,
        endedAtDeadline ? ShimStop.DEADLINE : ShimStop.NONE,
        childAlive ? 1 : 0);
  }

  Usage usage() {
    return usage;
  }

  /// Whether it left by itself, with this status, before anybody signalled it.
  boolean leftByItselfWith(int status) {
    return leftByItself && exit.equals(new Exit.Status(status, false));
  }

  /// The last word it said, if it said any.
  Optional<AgentEvent.Terminal> lastWord() {
    return output.reversed().stream()
        .filter(AgentEvent.Terminal.class::isInstance)
        .map(AgentEvent.Terminal.class::cast)
        .findFirst();
  }

  /// Whether it is gone without a status, and its last word, said before anybody stopped it, is an
  /// unqualified success.
  boolean diedAfterItsSuccess() {
    return exit instanceof Exit.Unknown
        && !alive
        && saidSuccess()
        && lastWord().equals(lastWordUnasked());
  }

  /// Whether an unqualified success was said before anybody asked it to end.
  boolean saidSuccessUnasked() {
    return unasked().anyMatch(SimAgent::isSuccess);
  }

  /// The last word that was said before anybody asked it to end.
  Optional<AgentEvent.Terminal> lastWordUnasked() {
    return unasked().findFirst();
  }

  /// Whether a word was said before anybody asked it to end.
  boolean saidUnasked(AgentEvent.Terminal word) {
    return lengthAtFirstSignal < 0 || word.at().end() <= lengthAtFirstSignal;
  }

  /// The last words, the latest first, that nobody had asked it to end before.
  private Stream<AgentEvent.Terminal> unasked() {
    return output.reversed().stream()
        .filter(AgentEvent.Terminal.class::isInstance)
        .map(AgentEvent.Terminal.class::cast)
        .filter(this::saidUnasked);
  }

  /// Whether it ran and nobody could know it.
  boolean leftNoTrace() {
    return output.isEmpty() && exit instanceof Exit.Unknown;
  }

  static boolean isSuccess(AgentEvent.Terminal word) {
    return word.verdict() == Verdict.SUCCESS && word.deniedTools().isEmpty();
  }

  /// Whether its last word is an unqualified success.
  boolean saidSuccess() {
    return lastWord().filter(SimAgent::isSuccess).isPresent();
  }
}
