package io.salvor.git;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// Runs the `git` program: bounded in time and output, and ended with its children when the caller
/// is interrupted.
///
/// Safe for use by many threads.
final class Git {
  static final int OUTPUT_LIMIT_BYTES = 32 << 20;
  private static final int ERROR_LIMIT_BYTES = 64 << 10;

  /// Hooks and helpers are for the user's own commands; a helper that stays would keep our pipes
  /// open. A care for line ends that refuses files would keep them from being saved.
  private static final List<String> SETTINGS =
      List.of(
          "-c", "core.hooksPath=/dev/null",
          "-c", "core.fsmonitor=false",
          "-c", "core.quotePath=false",
          "-c", "core.safecrlf=false",
          "-c", "gc.auto=0",
          "-c", "maintenance.auto=false",
          "-c", "submodule.recurse=false",
          "-c", "advice.addEmbeddedRepo=false");

  private static final List<String> DURABLY =
      List.of("-c", "core.fsync=committed,reference", "-c", "core.fsyncMethod=batch");

  private final String program;
  private final ChildEnvironment environment;
  private final Deadlines deadlines;
  private final Steps steps;

  Git(String program, ChildEnvironment environment, Deadlines deadlines, Steps steps) {
    this.program = program;
    this.environment = environment;
    this.deadlines = deadlines;
    this.steps = steps;
  }

  /// How long a child may take.
  record Deadlines(Duration read, Duration write) {
    static final Deadlines USUAL = new Deadlines(Duration.ofMinutes(2), Duration.ofMinutes(15));

    Duration of(GitCall call) {
      return call.writes() ? write : read;
    }
  }

  /// Runs to the end, whatever the exit status.
  ///
  /// @throws GitFailed where the deadline passed
  /// @throws InterruptedIOException where this thread was interrupted; the child is gone
  GitResult run(GitCall call) throws IOException {
    Child child = Child.start(builder(call), call.input(), ERROR_LIMIT_BYTES);
    CompletableFuture<Child.Kept> output = child.keepOutput(OUTPUT_LIMIT_BYTES);
    try {
      if (!child.endsWithin(deadlines.of(call))) {
        child.end();
        throw late(call);
      }
      Child.Kept kept = Child.settled(output);
      var result = new GitResult(child.exit(), kept.text(), child.errors().text(), kept.cut());
      if (call.writes()) {
        steps.passed("git " + call.name());
      }
      return result;
    } catch (InterruptedException e) {
      child.end();
      throw interrupted(call);
    } catch (TimeoutException e) {
      throw new GitFailed("git " + call.name() + " ended, but something it started did not");
    }
  }

  /// Runs a command that has to succeed.
  GitResult must(GitCall call) throws IOException {
    GitResult result = run(call);
    if (!result.ok()) {
      throw GitFailed.of(call, result);
    }
    return result;
  }

  /// Runs a command that has to succeed and hands its output over as it comes, however much it is
  /// and however slowly it is taken: the deadline is that of each piece.
  void pour(GitCall call, Consumer<byte[]> pieces) throws IOException {
    Child child = Child.start(builder(call), call.input(), ERROR_LIMIT_BYTES);
    var patience = new Patience(deadlines.of(call), System::nanoTime);
    Thread watch =
        Thread.ofPlatform().name("git-deadline").daemon().start(() -> endLate(child, patience));
    try {
      child.pour(piece -> patience.whileTaking(() -> pieces.accept(piece)));
      if (!child.endsWithin(deadlines.of(call))) {
        throw late(call);
      }
      if (child.exit() != 0) {
        throw GitFailed.of(call, new GitResult(child.exit(), "", child.errors().text(), false));
      }
    } catch (InterruptedException e) {
      throw interrupted(call);
    } catch (TimeoutException e) {
      throw late(call);
    } finally {
      watch.interrupt();
      child.end();
    }
  }

  private static void endLate(Child child, Patience patience) {
    try {
      while (!child.endsWithin(patience.left())) {
        if (patience.over()) {
          child.end();
          return;
        }
      }
    } catch (InterruptedException _) {
      // It has ended in time.
    }
  }

  /// What `git version` prints.
  ///
  /// @throws IOException where there is no such program
  String version() throws IOException {
    return must(GitCall.read(new GitPlace(List.of()), "version")).line();
  }

  private ProcessBuilder builder(GitCall call) {
    var command = new ArrayList<String>();
    command.add(program);
    command.add("--no-pager");
    command.addAll(SETTINGS);
    if (call.durable()) {
      command.addAll(DURABLY);
    }
    command.addAll(call.place().options());
    command.addAll(call.arguments());
    var builder = new ProcessBuilder(command);
    Map<String, String> variables = builder.environment();
    environment.applyTo(variables, call);
    if (call.input().isEmpty()) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }
    return builder;
  }

  private GitFailed late(GitCall call) {
    return new GitFailed("git " + call.name() + " took longer than " + deadlines.of(call));
  }

  private static InterruptedIOException interrupted(GitCall call) {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted in git " + call.name());
  }
}
