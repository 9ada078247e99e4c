package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.Retention;
import io.salvor.server.backup.KillWorld.Written;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13, Z14 under SIGKILL: whoever is killed while a backup is made, published or pruned, a store
/// restored, upgraded, its old records archived or its tables made anew: every backup that counts
/// is whole, the best one is never worse than before, nothing that was acknowledged is lost, and
/// the same command again brings it to its end.
///
/// `-Dsalvor.upkeep.kills=500` makes it long; it says its seed, and `-Dsalvor.seed=N` repeats it.
final class KilledUpkeepTest {
  private static final List<KillPhase> PHASES = List.of(KillPhase.values());
  private static final int KILLS = Integer.getInteger("salvor.upkeep.kills", PHASES.size());
  private static final long SEED = Long.getLong("salvor.seed", new Random().nextLong());

  private static final Generation NONE =
      new Generation("", new Head("", 0, 0, ""), Instant.EPOCH, false);

  @TempDir private Path directory;
  private final Random random = new Random(SEED);
  private final Map<KillPhase, Tally> tallies = new EnumMap<>(KillPhase.class);

  /// What came of the kills of one phase.
  private static final class Tally {
    private int kills;
    private int within;
    private int unfinished;
  }

  /// How a victim ended.
  ///
  /// @param within whether in the middle of what it did
  /// @param wrote the last record that it said to be durable
  private record Death(boolean within, Written wrote) {}

  @Test
  void a_kill_in_any_phase_leaves_what_one_command_makes_whole_and_no_worse_backup_Z13_Z14()
      throws Exception {
    System.out.printf("upkeep kills: %d, -Dsalvor.seed=%d%n", KILLS, SEED);
    long began = System.nanoTime();
    try {
      for (int i = 0; i < KILLS; i++) {
        KillPhase phase = PHASES.get(i % PHASES.size());
        try {
          round(phase);
        } catch (AssertionError | Exception e) {
          throw new AssertionError(
              "seed %d, kill %d, in %s: %s".formatted(SEED, i + 1, phase, e.getMessage()), e);
        }
      }
    } finally {
      summary(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    }
  }

  private void summary(long seconds) {
    System.out.println("\n| killed in | kills | in its midst | left something unfinished |");
    System.out.println("|---|---:|---:|---:|");
    tallies.forEach((phase, it) ->
        System.out.printf(
            "| %s | %d | %d | %d |%n",
            phase.name().toLowerCase(java.util.Locale.ROOT), it.kills, it.within, it.unfinished));
    int all = tallies.values().stream().mapToInt(it -> it.kills).sum();
    System.out.printf("%n%d kills in %d s, seed %d%n", all, seconds, SEED);
  }

  private void round(KillPhase phase) throws Exception {
    var world = new KillWorld(directory.resolve(phase.name()));
    if (!Files.exists(world.folder())) {
      world.furnish();
    }
    Generation best = world.vault().generations().isEmpty() ? NONE : world.best();
    Death death = kill(phase, world);
    Tally tally = tallies.computeIfAbsent(phase, _ -> new Tally());
    tally.kills++;
    tally.within += death.within() ? 1 : 0;
    tally.unfinished += unfinished(world) ? 1 : 0;

    switch (phase) {
      case MIGRATION -> migrated(world, death);
      case RESTORE -> {
        backupsAreNoWorse(world, best);
        world.restore();
        isSound(world, best.head().seq());
        assertThat(world.has(death.wrote())).isTrue();
        world.clearAsides();
      }
      case ARCHIVE -> {
        isSound(world, death.wrote().seq());
        assertThat(world.has(death.wrote())).isTrue();
        try (SqliteStore store = world.open()) {
          KillWorld.archive(store);
          world.backUp(store, Retention.USUAL);
        }
        StoreCopy.Contents contents = examined(world).contents();
        assertThat(contents.head().seq() - contents.archived().records()).isLessThan(10);
        isSound(world, death.wrote().seq());
        backupsAreNoWorse(world, best);
      }
      case REBUILD -> {
        StoreCopy.Report report = examined(world);
        assertThat(report.problems().isEmpty() || report.onlyTables()).as("%s", report).isTrue();
        try (SqliteStore store = world.open()) {
          assertThat(store.rebuild().rebuild().tasks()).isPositive();
        }
        isSound(world, death.wrote().seq());
        assertThat(world.has(death.wrote())).isTrue();
      }
      case BACKUP, PUBLISH, PRUNE -> {
        backupsAreNoWorse(world, best);
        isSound(world, death.wrote().seq());
        assertThat(world.has(death.wrote())).isTrue();
        try (SqliteStore store = world.open()) {
          long last = KillWorld.append(store).seq();
          world.backUp(store, Retention.USUAL);
          assertThat(world.vault().reach()).isEqualTo(last);
        }
      }
    }
  }

  private static void backupsAreNoWorse(KillWorld world, Generation than) {
    assertThat(world.damages()).isEmpty();
    assertThat(Generation.BY_WORTH.compare(world.best(), than)).isNotNegative();
    assertThat(world.vault().quarantined()).isEmpty();
  }

  private static StoreCopy.Report examined(KillWorld world) {
    try (StoreCopy copy = world.look()) {
      return copy.examine();
    }
  }

  private static void isSound(KillWorld world, long wrote) {
    StoreCopy.Report report = examined(world);
    assertThat(report.problems()).isEmpty();
    assertThat(report.contents().head().seq()).isGreaterThanOrEqualTo(wrote);
  }

  /// One that is killed while it gets an old store ready has not begun.
  private void migrated(KillWorld world, Death death) throws Exception {
    if (!death.within()) {
      return;
    }
    boolean older;
    Head head;
    try (StoreCopy copy = world.look()) {
      older = copy.isOlder();
      head = copy.head();
    }
    assertThat(world.damages()).isEmpty();
    if (!older) {
      assertThat(world.vault().backups()).isNotEmpty();
    }
    world.upgrade();
    isSound(world, head.seq());
    try (StoreCopy copy = world.look()) {
      assertThat(copy.head()).isEqualTo(head);
      assertThat(copy.isOlder()).isFalse();
    }
    assertThat(world.vault().backups()).anyMatch(it -> it.getStoreVersion() < SqliteStore.VERSION);
    assertThat(world.vault().reach()).isIn(0L, head.seq());
  }

  private static boolean unfinished(KillWorld world) throws IOException {
    Path vault = world.vault().folder();
    var left = new ArrayList<Path>();
    for (Path folder : List.of(vault, vault.resolve("segments"), world.home().root())) {
      if (Files.isDirectory(folder)) {
        try (var all = Files.newDirectoryStream(folder, "{.new-*,.restoring}")) {
          all.forEach(left::add);
        }
      }
    }
    return !left.isEmpty() || !Files.exists(world.database());
  }

  /// Lets it do its work some times, then kills it at a random moment of about one more.
  private Death kill(KillPhase phase, KillWorld world) throws Exception {
    int before = 1 + random.nextInt(2);
    double moment = random.nextDouble();
    Process victim = start(phase, world);
    var said = new Said();
    try (BufferedReader lines = victim.inputReader()) {
      long took = 0;
      while (said.done < before) {
        long began = System.nanoTime();
        said.take(lines.readLine());
        took = System.nanoTime() - began;
      }
      while (!said.within) {
        said.take(lines.readLine());
      }
      pause((long) (took * moment));
      // Through its handle: the process object would close the pipe, and what is still in it was
      // acknowledged.
      victim.toHandle().destroyForcibly();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.take(line);
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }
    return new Death(said.within, said.wrote);
  }

  private static final class Said {
    private int done;
    private boolean within;
    private Written wrote = Written.NOTHING;

    void take(@Nullable String line) {
      if (line == null) {
        throw new IllegalStateException("it ended by itself");
      }
      if (line.startsWith(KillVictim.WROTE)) {
        String[] words = line.substring(KillVictim.WROTE.length()).split(" ", 2);
        wrote = new Written(Long.parseLong(words[0]), words[1]);
      } else if (line.equals(KillVictim.BEGIN)) {
        within = true;
      } else if (line.equals(KillVictim.DONE)) {
        within = false;
        done++;
      }
    }
  }

  /// The kill comes at any time: there is nothing to wait for.
  private static void pause(long nanos) throws InterruptedException {
    var _ = new CountDownLatch(1).await(nanos, TimeUnit.NANOSECONDS);
  }

  private static Process start(KillPhase phase, KillWorld world) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            KillVictim.class.getName(),
            phase.name(),
            world.folder().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
