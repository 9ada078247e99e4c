package io.salvor.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs the `git` program: bounded in time and output, ended with its children when the caller is
/// interrupted.
///
/// Safe for use by many threads.
final class Git {
  static final int OUTPUT_LIMIT_BYTES = 32 << 20;
  private static final int ERROR_LIMIT_BYTES = 64 << 10;
  private static final Duration GRACE = Duration.ofSeconds(2);

  /// Hooks and helpers are for the user's own commands; a helper that stays would keep our pipes
  /// open.
  private static final List<String> SETTINGS =
      List.of(
          "-c", "core.hooksPath=/dev/null",
          "-c", "core.fsmonitor=false",
          "-c", "core.quotePath=false",
          "-c", "core.fsync=committed,reference",
          "-c", "gc.auto=0",
          "-c", "maintenance.auto=false",
          "-c", "submodule.recurse=false",
          "-c", "advice.addEmbeddedRepo=false");

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
  }

  /// Runs to the end, whatever the exit status.
  ///
  /// @throws GitFailed where the deadline passed
  /// @throws InterruptedIOException where this thread was interrupted; the child is gone
  GitResult run(GitCall call) throws IOException {
    Process process = start(call);
    CompletableFuture<Kept> out = keep(process.getInputStream(), OUTPUT_LIMIT_BYTES);
    CompletableFuture<Kept> err = keep(process.getErrorStream(), ERROR_LIMIT_BYTES);
    try {
      feed(process, call.input());
      await(process, call);
      Kept output = settled(out, call);
      var result =
          new GitResult(
              process.exitValue(), output.text(), settled(err, call).text(), output.cut());
      if (call.writes()) {
        steps.passed("git " + call.name());
      }
      return result;
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      throw interrupted(call);
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

  /// What `git --version` prints.
  ///
  /// @throws IOException where there is no such program
  String version() throws IOException {
    return must(new GitCall(new GitPlace(List.of()), List.of("version"), NONE, "", false)).line();
  }

  private static final java.util.Map<String, String> NONE = java.util.Map.of();

  private Process start(GitCall call) throws IOException {
    var command = new ArrayList<String>();
    command.add(program);
    command.add("--no-pager");
    command.addAll(SETTINGS);
    command.addAll(call.place().options());
    command.addAll(call.arguments());
    var builder = new ProcessBuilder(command);
    environment.applyTo(builder.environment(), call);
    if (call.input().isEmpty()) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    }
    return builder.start();
  }

  private static void feed(Process process, String input) {
    if (input.isEmpty()) {
      return;
    }
    Thread.ofVirtual()
        .name("git-input")
        .start(() -> {
          try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
          } catch (IOException _) {
            // A child that ends without reading its input says why in its exit status.
          }
        });
  }

  private void await(Process process, GitCall call) throws IOException, InterruptedException {
    Duration deadline = call.writes() ? deadlines.write() : deadlines.read();
    if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      end(process);
      throw new GitFailed("git " + call.name() + " took longer than " + deadline);
    }
  }

  /// Ends the child and what it started.
  private static void end(Process process) {
    List<ProcessHandle> family =
        java.util.stream.Stream.concat(
                process.toHandle().descendants(), java.util.stream.Stream.of(process.toHandle()))
            .toList();
    family.forEach(ProcessHandle::destroy);
    long giveUp = System.nanoTime() + GRACE.toNanos();
    for (ProcessHandle member : family) {
      awaitQuietly(member, giveUp - System.nanoTime());
      member.destroyForcibly();
    }
  }

  private static void awaitQuietly(ProcessHandle member, long nanos) {
    boolean interrupted = Thread.interrupted();
    try {
      member.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException _) {
      // Ended by force next.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private record Kept(String text, boolean cut) {}

  private static CompletableFuture<Kept> keep(InputStream from, int limit) {
    var kept = new CompletableFuture<Kept>();
    Thread.ofVirtual()
        .name("git-output")
        .start(() -> {
          try (from) {
            kept.complete(drain(from, limit));
          } catch (IOException e) {
            kept.completeExceptionally(new UncheckedIOException(e));
          }
        });
    return kept;
  }

  /// Reads to the end, so that the child never blocks, and keeps the first `limit` bytes.
  private static Kept drain(InputStream from, int limit) throws IOException {
    var kept = new ByteArrayOutputStream();
    boolean cut = false;
    byte[] buffer = new byte[16 << 10];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      int room = Math.min(read, limit - kept.size());
      kept.write(buffer, 0, room);
      cut |= room < read;
    }
    return new Kept(kept.toString(StandardCharsets.UTF_8), cut);
  }

  private static Kept settled(CompletableFuture<Kept> kept, GitCall call)
      throws IOException, InterruptedException {
    try {
      return kept.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new GitFailed("git " + call.name() + " ended, but something it started did not");
    } catch (ExecutionException e) {
      throw new GitFailed("git " + call.name() + ": its output could not be read");
    }
  }

  private static InterruptedIOException interrupted(GitCall call) {
    return new InterruptedIOException("interrupted in git " + call.name());
  }
}
