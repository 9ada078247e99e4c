package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.LaunchOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How long it takes until an agent runs, against a bare start of the same program. Prints both.
@Timeout(120)
final class SpawnLatencyTest {
  private static final int ROUNDS = 50;

  /// Generous, since other work may share the machine: a change that adds a program to the path
  /// shows in the figures, one that adds a wait fails here.
  private static final Duration MOST = Duration.ofMillis(100);

  @TempDir private Path directory;
  private Bench bench;

  @BeforeEach
  void makeBench() throws IOException {
    bench = new Bench(directory);
  }

  @AfterEach
  void endAll() throws InterruptedException {
    bench.endAll();
  }

  @Test
  void an_agent_s_first_instruction_comes_soon_after_the_spawn() throws Exception {
    AgentProcesses processes = bench.processes();
    long[] spawned = new long[ROUNDS];
    long[] bare = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      LaunchOrder order = bench.order(Bench.agent("date", "+%s %N"));
      Instant before = Instant.now();
      var process = Bench.started(processes, order);
      Bench.watched(processes, order, process);
      spawned[i] = micros(before, Files.readString(bench.recorder(order).stdout()));

      before = Instant.now();
      Process date = new ProcessBuilder("date", "+%s %N").start();
      bare[i] = micros(before, date.inputReader().readLine());
    }
    System.out.printf(
        "spawn to first instruction, median of %d: %d us; a bare process: %d us%n",
        ROUNDS, median(spawned), median(bare));
    assertThat(Duration.ofNanos(median(spawned) * 1_000)).isLessThan(MOST);
  }

  private static long micros(Instant before, String secondsAndNanos) {
    String[] parts = secondsAndNanos.strip().split(" ", -1);
    Instant then = Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    return Duration.between(before, then).toNanos() / 1_000;
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
