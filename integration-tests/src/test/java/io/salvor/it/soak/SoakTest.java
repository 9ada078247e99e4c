package io.salvor.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.RebuildStoreRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A server at load with faults, and nothing that it holds on to.
///
/// `-Dsalvor.soak=1200` makes it last so many seconds, `-Dsalvor.seed=N` repeats the choices of an
/// earlier one, `-Dsalvor.soak.report=FILE` writes what was measured.
final class SoakTest {
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("salvor.soak", 12));
  private static final long SEED = Long.getLong("salvor.seed", new Random().nextLong());
  private static final int WORKERS = 12;

  private final List<Throwable> complaints = new ArrayList<>();
  private final Random random = new Random(SEED);
  private int serversKilled;
  private int agentsKilled;

  @Test
  void nothing_that_a_server_holds_on_to_grows_under_load_and_faults() throws Exception {
    System.out.printf("soak: %s, -Dsalvor.seed=%d%n", LENGTH, SEED);
    Instant begun = Instant.now();
    try (Bench bench = Bench.idle("soak")) {
      Path temporary = Files.createDirectory(bench.folder().resolve("tmp"));
      bench.configured(
          """
          max_concurrent = 6
          [limits]
          result_grace = "1s"
          silence = "5s"
          [recovery]
          mode = "auto"
          retry_wait = "1s"
          retry_wait_most = "2s"
          max_retries = 1
          [upkeep]
          compress_after = "1m"
          keep_output = "2m"
          [backup]
          every = "2m"
          """);
      bench.surround(
          new Surroundings(
              List.of(),
              Map.of(
                  "TMPDIR",
                  temporary.toString(),
                  "JDK_JAVA_OPTIONS",
                  "-Djava.io.tmpdir=" + temporary)));
      bench.start();
      List<ScratchProject> projects = Stream.generate(bench::project).limit(3).toList();
      var sampler = new Sampler(bench, projects, temporary);
      var samples = new Samples();
      var books = Worker.Books.fresh();
      List<Thread> workers = workers(bench, projects, books);

      long start = System.nanoTime();
      long lastKill = start + LENGTH.toNanos() * 2 / 5;
      long warm = start + LENGTH.toNanos() / 2;
      long end = start + LENGTH.toNanos();
      while (System.nanoTime() < end) {
        disturb(bench, System.nanoTime() < lastKill, books);
        if (System.nanoTime() >= warm) {
          samples.add(sampler.take(Set.copyOf(books.made()), Set.copyOf(books.open())));
        }
      }
      books.over().countDown();
      for (Thread it : workers) {
        it.join(TimeUnit.MINUTES.toMillis(5));
      }
      report(begun, samples, books);

      assertThat(complaints()).isEmpty();
      assertThat(books.open()).isEmpty();
      assertThat(samples.leaks()).isEmpty();
      assertThat(Sampler.strays(books.made(), Set.of())).isEmpty();
      assertThat(sampler.worktrees()).isLessThanOrEqualTo(books.kept().sum());
      var check =
          bench
              .author()
              .instance()
              .rebuildStore(RebuildStoreRequest.newBuilder().setCheck(true).build());
      assertThat(check.getChainIntact() && check.getConsistent()).isTrue();
    }
  }

  /// A few seconds pass, in which agents are killed and perhaps the server.
  private void disturb(Bench bench, boolean serverToo, Worker.Books books) {
    for (int i = 0; i < 4; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(800)));
      List<String> uids = List.copyOf(books.open());
      if (!uids.isEmpty()) {
        List<String> alive = Survivors.ofTask(uids.get(random.nextInt(uids.size())));
        if (!alive.isEmpty()) {
          String one = alive.get(random.nextInt(alive.size()));
          ProcessHandle.of(Long.parseLong(one.substring(0, one.indexOf(':'))))
              .ifPresent(ProcessHandle::destroyForcibly);
          agentsKilled++;
        }
      }
    }
    if (serverToo && random.nextInt(3) == 0) {
      bench.restartAfterKill();
      serversKilled++;
    }
  }

  private List<Thread> workers(Bench bench, List<ScratchProject> projects, Worker.Books books) {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < WORKERS; i++) {
      var worker =
          new Worker(
              bench.server().address().socket(),
              projects.get(i % projects.size()),
              new Random(random.nextLong()),
              books);
      threads.add(
          Thread.ofPlatform()
              .name("worker-" + i)
              .uncaughtExceptionHandler((_, e) -> complain(e))
              .start(worker));
    }
    return threads;
  }

  private void complain(Throwable e) {
    synchronized (complaints) {
      complaints.add(e);
    }
  }

  private List<Throwable> complaints() {
    synchronized (complaints) {
      return List.copyOf(complaints);
    }
  }

  private void report(Instant begun, Samples samples, Worker.Books books) throws IOException {
    String text =
        """
        # Soak

        %s from %s, seed %d: %d tasks merged, %d cancelled, %d workspaces kept for their work; %d agents' processes
        and %d servers killed. %d samples of the last server, a full collection before each.

        %s
        %s
        """
            .formatted(
                LENGTH,
                begun,
                SEED,
                books.merged().sum(),
                books.cancelled().sum(),
                books.kept().sum(),
                agentsKilled,
                serversKilled,
                samples.size(),
                samples.table(),
                samples.leaks().isEmpty() && complaints().isEmpty()
                    ? "Nothing leaks."
                    : "**" + samples.leaks() + complaints() + "**");
    System.out.println(text);
    String file = System.getProperty("salvor.soak.report");
    if (file != null) {
      Files.writeString(Path.of(file), text);
    }
  }
}
