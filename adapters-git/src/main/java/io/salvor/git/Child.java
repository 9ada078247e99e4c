package io.salvor.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One running git, whose pipes are always drained.
final class Child {
  /// How long a child may take to end when it is asked to.
  private static final Duration GRACE = Duration.ofSeconds(2);

  /// How long the rest of an output may take after the end: those who read it wait for their turn
  /// on a busy host.
  private static final Duration REST = Duration.ofSeconds(30);

  private static final int PIECE_BYTES = 64 << 10;

  private final Process process;
  private final CompletableFuture<Kept> errors;

  private Child(Process process, CompletableFuture<Kept> errors) {
    this.process = process;
    this.errors = errors;
  }

  /// The beginning of an output, and whether there was more.
  record Kept(String text, boolean cut) {}

  /// Starts it, feeds it `input` and keeps what it complains about.
  static Child start(ProcessBuilder builder, String input, int errorLimit) throws IOException {
    Process process = builder.start();
    if (!input.isEmpty()) {
      Thread.ofPlatform()
          .name("git-input")
          .daemon()
          .start(() -> feed(process.getOutputStream(), input));
    }
    return new Child(process, keep(process.getErrorStream(), errorLimit));
  }

  private static void feed(OutputStream to, String input) {
    try (to) {
      to.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // A child that ends without reading its input says why in its exit status.
    }
  }

  CompletableFuture<Kept> keepOutput(int limit) {
    return keep(process.getInputStream(), limit);
  }

  /// Hands the output over on the calling thread, as fast as it is taken.
  void pour(Consumer<byte[]> pieces) throws IOException {
    try (InputStream from = process.getInputStream()) {
      byte[] buffer = new byte[PIECE_BYTES];
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        pieces.accept(Arrays.copyOf(buffer, read));
      }
    }
  }

  /// False where the time was over first.
  boolean endsWithin(Duration limit) throws InterruptedException {
    return process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  int exit() {
    return process.exitValue();
  }

  Kept errors() throws InterruptedException, TimeoutException, IOException {
    return settled(errors);
  }

  /// The rest of an output after the end; what holds a pipe open for longer is none of git's.
  static Kept settled(CompletableFuture<Kept> kept)
      throws InterruptedException, TimeoutException, IOException {
    try {
      return kept.get(REST.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IOException("its output could not be read", e);
    }
  }

  /// Ends it and what it has started: asks first, then insists.
  void end() {
    if (!process.isAlive()) {
      return; // what it has started is nobody's child any more
    }
    List<ProcessHandle> family =
        Stream.concat(process.toHandle().descendants(), Stream.of(process.toHandle())).toList();
    family.forEach(ProcessHandle::destroy);
    long giveUp = System.nanoTime() + GRACE.toNanos();
    for (ProcessHandle member : family) {
      awaitEnd(member, giveUp - System.nanoTime());
      member.destroyForcibly();
    }
  }

  private static void awaitEnd(ProcessHandle member, long nanos) {
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

  private static CompletableFuture<Kept> keep(InputStream from, int limit) {
    var kept = new CompletableFuture<Kept>();
    Thread.ofPlatform()
        .name("git-output")
        .daemon()
        .start(() -> {
          try (from) {
            kept.complete(drain(from, limit));
          } catch (IOException e) {
            kept.completeExceptionally(e);
          }
        });
    return kept;
  }

  private static Kept drain(InputStream from, int limit) throws IOException {
    var kept = new ByteArrayOutputStream();
    boolean cut = false;
    byte[] buffer = new byte[PIECE_BYTES];
    for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
      int room = Math.min(read, limit - kept.size());
      kept.write(buffer, 0, room);
      cut |= room < read;
    }
    return new Kept(kept.toString(StandardCharsets.UTF_8), cut);
  }
}
