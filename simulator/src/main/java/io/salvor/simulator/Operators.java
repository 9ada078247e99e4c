package io.salvor.simulator;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.engine.Input;
import io.salvor.domain.engine.Once;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Filing;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Recovery;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskSpec;
import io.salvor.domain.time.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/// People and programs that ask for things: sensible ones and nonsense, once and again.
final class Operators {
  static final Limits LIMITS =
      new Limits(
          Limits.DEFAULT.deadline(),
          Limits.DEFAULT.silence(),
          Limits.DEFAULT.firstEvent(),
          Limits.DEFAULT.resultGrace(),
          Limits.DEFAULT.cost(),
          OptionalLong.of(2_000),
          OptionalInt.of(6),
          65);

  private static final List<Actor> PEOPLE =
      List.of(
          new Actor("user:ann"),
          new Actor("user:bob"),
          Actor.agent("claude"),
          Actor.agent("command"));

  private final World world;
  private final Wishes wishes;
  private final List<Call> calls = new ArrayList<>();
  private int added;
  private int requests;

  Operators(World world) {
    this.world = world;
    this.wishes = new Wishes(world);
  }

  static TaskId id(int n) {
    return new TaskId(new UUID(0x0190_0000_0000_0000L + 1000 + n, 0x8000_0000_0000_0000L + n));
  }

  /// Somebody asks for something, or asks again.
  void ask(SimServer server) {
    Dice dice = world.dice;
    if (!calls.isEmpty() && dice.below(4) == 3) {
      world.fault(Fault.ASKED_TWICE);
      send(dice.oneOf(calls), server);
    } else if (dice.perMille(freezing())) {
      Actor person = dice.oneOf(PEOPLE);
      call(server, person, wishes.aboutTheInstance(), OptionalLong.empty());
    } else if (added < world.plot.tasks() && dice.below(3) == 0) {
      add(server);
    } else if (added > 0) {
      TaskId task = id(1 + dice.below(added + 1));
      boolean nonsense = dice.perMille(world.plot.nonsense());
      if (nonsense) {
        world.fault(Fault.NONSENSE_ASKED);
      }
      wishes
          .about(task, nonsense)
          .ifPresent(wish -> callAbout(task, server, dice.oneOf(PEOPLE), wish));
    }
  }

  private void add(SimServer server) {
    Dice dice = world.dice;
    added++;
    TaskId task = id(added);
    var dependencies = new ArrayList<TaskId>();
    if (added > 1 && dice.below(4) == 3) {
      dependencies.add(id(1 + dice.below(added)));
    }
    Protocol protocol = dice.below(3) == 0 ? Protocol.COMMAND : Protocol.CLAUDE;
    TaskSpec spec = spec(protocol, dependencies, dice.below(2) == 1, dice.below(8) < 7);
    var create = new TaskCommand.Create(task, spec, "brief", dice.below(2) * 7L, dice.below(4) < 3);
    callAbout(task, server, PEOPLE.getFirst(), () -> create);
  }

  private TaskSpec spec(
      Protocol protocol, List<TaskId> dependencies, boolean gates, boolean target) {
    String name = protocol == Protocol.CLAUDE ? "claude" : "command";
    return new TaskSpec(
        "Mend the fence",
        "a".repeat(64),
        "/work/project" + world.dice.below(2),
        target ? Optional.of("main") : Optional.empty(),
        Optional.empty(),
        new Agent(
            name, protocol, PermissionProfile.EDIT, List.of(name), Optional.empty(), fallback()),
        LIMITS,
        dependencies,
        TaskSpec.Preparation.NONE,
        gates ? List.of("make check") : List.of(),
        new Filing(world.dice.oneOf(List.of(Priority.values())), List.of(), Optional.empty()),
        new Recovery(
            world.dice.oneOf(List.of(Recovery.Mode.values())),
            world.dice.below(4),
            world.dice.below(3),
            10));
  }

  private Optional<String> fallback() {
    return world.dice.below(3) == 0 ? Optional.of("smaller") : Optional.empty();
  }

  /// Who froze everything wants to see it go on again.
  private int freezing() {
    boolean frozen = world.oracles.ledger().instance().instance().freeze().isPresent();
    return frozen ? 250 : world.plot.freeze();
  }

  private void callAbout(TaskId task, SimServer server, Actor actor, Supplier<TaskCommand> wish) {
    OptionalLong etag =
        world.dice.below(10) == 9
            ? OptionalLong.of(world.oracles.ledger().revisionOf(task) - world.dice.below(2))
            : OptionalLong.empty();
    call(server, actor, () -> new Wanted.OfTask(wish.get()), etag);
  }

  private void call(SimServer server, Actor actor, Supplier<Wanted> wish, OptionalLong etag) {
    Optional<Request> request =
        world.dice.below(2) == 0 ? Optional.empty() : Optional.of(request(actor, wish.get()));
    Actor sender = request.map(Request::actor).orElse(actor);
    var call = new Call(sender, wish, request, etag);
    calls.add(call);
    send(call, server);
  }

  /// A request of its own, or, by mistake, the id of an earlier one for something else.
  private Request request(Actor actor, Wanted wanted) {
    requests++;
    String digits = Integer.toHexString(requests);
    String payload = "0".repeat(64 - digits.length()) + digits;
    List<Request> earlier = calls.stream().flatMap(call -> call.request.stream()).toList();
    if (!earlier.isEmpty() && world.dice.below(8) == 7) {
      Request other = world.dice.oneOf(earlier);
      world.fault(Fault.REQUEST_ID_USED_FOR_SOMETHING_ELSE);
      return new Request(other.actor(), other.method(), other.id(), payload);
    }
    return new Request(actor, wanted.method(), "r-" + requests, payload);
  }

  private void send(Call call, SimServer server) {
    if (call.request.isEmpty() && call.sent() > 0) {
      return; // without a request id a sensible client does not send twice
    }
    Wanted wanted = call.wish.get();
    Optional<Once> once = call.request.map(world.disk::once);
    world.tale.tell(
        call.actor
            + (call.sent() > 0 ? " asks again: " : " asks: ")
            + wanted.words()
            + call.request.map(it -> " [" + it.method() + " " + it.id() + "]").orElse(""));
    Now now = world.clock.now();
    Input input =
        switch (wanted) {
          case Wanted.OfTask(var command) ->
              new Input.Ask(call.actor, now, command, once, call.etag, List.of());
          case Wanted.OfInstance(var command) -> new Input.Govern(call.actor, now, command, once);
        };
    server.put(new Message(input, world.oracles.expecting(call)));
  }
}
