package io.salvor.server.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.StatusRuntimeException;
import io.salvor.domain.access.Actor;
import io.salvor.domain.engine.Input;
import io.salvor.domain.engine.Once;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskCommand;
import io.salvor.server.access.Callers;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.engine.Reply;
import io.salvor.server.errors.Errors;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Brings a caller's command to the engine and its outcome back. Thread-safe.
final class Commands {
  private static final Logger log = LoggerFactory.getLogger(Commands.class);

  private static final int MAX_REQUEST_ID = 128;

  private final EngineLoop engine;
  private final RecordLog records;
  private final Clock clock;
  private final TaskLookup lookup;

  /// Those who wait for the log hold no thread; when a batch is durable, a few answer them all.
  private final Executor answers =
      Executors.newFixedThreadPool(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          Thread.ofPlatform().name("answer-", 0).daemon().factory());

  Commands(EngineLoop engine, RecordLog records, Clock clock, TaskLookup lookup) {
    this.engine = engine;
    this.records = records;
    this.clock = clock;
    this.lookup = lookup;
  }

  /// What makes a call happen once, and to which task.
  ///
  /// @param method the call's name
  /// @param id empty where the caller does not mind
  /// @param payload what was asked for
  /// @param etag empty for any
  record Terms(String method, String id, MessageLite payload, String etag) {}

  /// Has the command carried out. The future completes, on a thread that may serialize an answer,
  /// with the task as it is then, or with the reason for which it was refused.
  ///
  /// @throws StatusRuntimeException where it could not even be asked
  CompletableFuture<Task> perform(TaskCommand command, Terms terms) {
    return perform(command, terms, List.of());
  }

  /// The same for a command about tasks that cannot be in the store yet, so that nobody looks for
  /// them there.
  CompletableFuture<Task> perform(TaskCommand command, Terms terms, List<TaskId> absent) {
    Actor caller = Callers.current();
    var ask =
        new Input.Ask(
            caller, clock.now(), command, once(caller, terms), etag(terms.etag()), absent);
    return engine
        .offer(ask)
        .thenApplyAsync(
            reply -> {
              log(command, terms, caller, reply);
              return outcome(reply, command.task());
            },
            answers);
  }

  private Task outcome(Reply reply, TaskId asked) {
    return switch (reply) {
      case Reply.Done(var task, var _) -> task.orElseThrow();
      case Reply.DoneBefore(var task, var _) -> lookup.task(task.orElseThrow());
      case Reply.Refused(var refusal) -> throw Errors.refusal(refusal);
      case Reply.Nothing _ -> lookup.task(asked);
    };
  }

  /// Has a command about the whole instance carried out.
  ///
  /// @throws StatusRuntimeException where it was refused
  void govern(InstanceCommand command, Terms terms) throws InterruptedException {
    Actor caller = Callers.current();
    carryOut(new Input.Govern(caller, clock.now(), command, once(caller, terms)));
  }

  /// Only says whether the command would be refused.
  ///
  /// @throws StatusRuntimeException where it would
  void rehearse(TaskCommand command, Terms terms) throws InterruptedException {
    Actor caller = Callers.current();
    var ask =
        new Input.Ask(
            caller, clock.now(), command, once(caller, terms), etag(terms.etag()), List.of());
    carryOut(ask.rehearsed());
  }

  private String display(TaskCommand command, Reply reply) {
    return reply instanceof Reply.Done(var task, var _) && task.isPresent()
        ? task.get().display().toString()
        : lookup.display(command.task());
  }

  /// A line for each call in the server's own log; for comments, which may be many, only where all
  /// is wanted.
  private void log(TaskCommand command, Terms terms, Actor caller, Reply reply) {
    Level level = terms.method().equals("CommentTask") ? Level.DEBUG : Level.INFO;
    if (log.isEnabledForLevel(level)) {
      var line =
          log.atLevel(level)
              .addKeyValue("actor", caller.value())
              .addKeyValue("task", display(command, reply))
              .addKeyValue("thread", Names.task(command.task()));
      switch (reply) {
        case Reply.Done _ -> line.log("{}: done", terms.method());
        case Reply.DoneBefore _ -> line.log("{}: done before", terms.method());
        case Reply.Refused(var refusal) ->
            line.log("{}: refused, {}: {}", terms.method(), refusal.code(), refusal.detail());
        case Reply.Nothing(var why) -> line.log("{}: {}", terms.method(), why);
      }
    }
  }

  /// Has a command carried out that the caller did not make, only caused.
  void note(TaskCommand command) throws InterruptedException {
    carryOut(new Input.Ask(Callers.current(), clock.now(), command));
  }

  private void carryOut(Input input) throws InterruptedException {
    try {
      if (engine.offer(input).get() instanceof Reply.Refused(var refusal)) {
        throw Errors.refusal(refusal);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof LogUnavailable unavailable) {
        throw Errors.unavailable(unavailable);
      }
      throw new IllegalStateException("the engine did not answer", e.getCause());
    }
  }

  private Optional<Once> once(Actor caller, Terms terms) {
    if (terms.id().isEmpty()) {
      return Optional.empty();
    }
    if (terms.id().length() > MAX_REQUEST_ID) {
      throw Errors.invalid("request_id", "at most " + MAX_REQUEST_ID + " characters");
    }
    String hash = Sha256.hex(terms.payload().toByteArray());
    var request = new Request(caller, terms.method(), terms.id(), hash);
    long asOf = engine.durableSeq(); // before the store is asked
    return Optional.of(new Once(request, asOf, records.find(request)));
  }

  private static OptionalLong etag(String etag) {
    if (etag.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(etag));
    } catch (NumberFormatException e) {
      throw Errors.invalid("etag", "not an etag: " + etag);
    }
  }
}
