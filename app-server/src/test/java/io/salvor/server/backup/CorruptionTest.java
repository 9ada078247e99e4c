package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.server.config.Home;
import io.salvor.sqlite.Archive;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.StoreRepair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Z13: whatever happens to the files of a store, it is as it was, or one command makes it whole;
/// what the command makes reaches as far as the best backup and its segments at least, and nothing
/// is deleted. More rounds with `-Dsalvor.corruptions=200`; the seed is `-Dsalvor.seed`.
final class CorruptionTest {
  private static final int ROUNDS = Integer.getInteger("salvor.corruptions", 28);
  private static final int PIECE = 16;
  private static final long SEED = Long.getLong("salvor.seed", 13);
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir private Path directory;
  private final Random random = new Random(SEED);
  private final List<byte[]> archived = new ArrayList<>();
  private Instant now = START;
  private Head best = new Head("", 0, 0, "");
  private long shipped;
  private Head end = new Head("", 0, 0, "");

  private Home home(String name) {
    return new Home(directory.resolve(name));
  }

  private Path folder(String name) {
    return directory.resolve(name);
  }

  private Vault vault() {
    return new BackupPlaces(directory.resolve("backups")).of(home("home"));
  }

  private SqliteStore open(Home home) {
    return SqliteStore.open(
        StoreFiles.in(home.root()),
        new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0),
        () -> now);
  }

  /// A home with backups and a store that has gone on since, as a server that was killed leaves it:
  /// its last records are in the write-ahead log alone. And another home's store.
  @BeforeEach
  void killedServer() throws Exception {
    home("home").create();
    var history = new RandomHistory(SEED);
    try (var store = open(home("home"))) {
      var backups =
          Backups.of(
              new Backups.Source(
                  home("home"),
                  store,
                  Secrets.of(home("home"), Optional.empty(), Map.of()),
                  () -> now,
                  "test"),
              vault(),
              Retention.USUAL,
              _ -> {});
      for (int i = 0; i < 2; i++) {
        store.log().appendDurably(trueTexts(history.next(150)));
        archive(store);
        now = now.plusSeconds(7_200);
        assertThat(backups.create(Occasion.SCHEDULE)).isInstanceOf(Backups.Outcome.Made.class);
      }
      new StoreGuard(home("home"), vault()).settle(store.identity(), false);
      store.log().appendDurably(trueTexts(history.next(30)));
      assertThat(new Shipper(store, vault(), () -> now).ship()).isEqualTo(1);
    }
    try (var store = open(home("home"))) {
      store.log().appendDurably(trueTexts(history.next(60)));
      copy(folder("home"), folder("killed"));
    }
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + StoreFiles.in(folder("home")).database());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT records FROM archive")) {
      while (rows.next()) {
        archived.add(rows.getBytes(1));
      }
    }
    String lineage = vault().lineages().current().orElseThrow().lineage();
    best = Generation.best(lineage, vault().generations()).orElseThrow().head();
    shipped = vault().reach();
    assertThat(shipped).isGreaterThan(best.seq());
    try (var copy = StoreCopy.open(StoreFiles.in(folder("home")).database())) {
      end = copy.head();
    }
    home("other").create();
    try (var store = open(home("other"))) {
      store.log().appendDurably(trueTexts(new RandomHistory(SEED + 1).next(200)));
      copy(folder("other"), folder("other-killed"));
    }
  }

  private static void archive(SqliteStore store) {
    Archive archive = store.archive(new Archive.Portion(60, Long.MAX_VALUE));
    while (archive.pack(Instant.parse("2999-01-01T00:00:00Z"))) {}
  }

  /// Histories at random name their texts by hashes that are none.
  private static List<Decision> trueTexts(List<Decision> decisions) {
    return decisions.stream()
        .map(it -> new Decision(it.entries(), List.of(), it.threads(), it.spent()))
        .toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path it : (Iterable<Path>) all::iterator) {
        Path target = to.resolve(from.relativize(it).toString());
        if (Files.isDirectory(it)) {
          Files.createDirectories(target);
        } else {
          Files.copy(it, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  @Test
  void a_store_damaged_in_any_way_is_as_it_was_or_one_command_makes_it_whole() throws Exception {
    var seen = new ArrayList<String>();
    int repaired = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Disk.remove(folder("home"));
      copy(folder("killed"), folder("home"));
      String what = damage(round);
      StoreRepair told = repaired();
      String as = "seed %d, round %d, %s: %s".formatted(SEED, round, what, told);
      repaired += told.getDone() ? 1 : 0;
      try (var copy = StoreCopy.open(StoreFiles.in(folder("home")).database())) {
        assertThat(copy.examine().problems()).as(as).isEmpty();
        Head head = copy.head();
        assertThat(head.lineage()).as(as).isEqualTo(end.lineage());
        assertThat(head.seq()).as(as).isGreaterThanOrEqualTo(shipped);
        assertThat(copy.idAt(best.seq())).as(as).contains(best.id());
        if (told.getDone() && told.getLostCount() == 0) {
          assertThat(head.seq()).as(as).isGreaterThanOrEqualTo(end.seq());
        }
        if (head.seq() > end.seq()) {
          assertThat(copy.idAt(end.seq())).as(as).contains(end.id());
        }
        seen.add(
            what
                + " -> "
                + (told.getDone()
                    ? "repaired to " + told.getLastSeq()
                    : "as it was, " + head.seq()));
      }
      assertThat(vault().backups()).as(as).allMatch(it -> it.getProblemsCount() == 0);
      if (told.getDone() && !told.getOnlyTables()) {
        assertThat(Path.of(told.getMovedTo())).as(as).isDirectory();
      }
      try (var store = open(home("home"))) {
        assertThat(store.rebuild().check().same()).as(as).isTrue();
      }
      assertThat(new StoreGuard(home("home"), vault()).objection()).as(as).isEmpty();
    }
    Files.writeString(
        Path.of("target", "corruptions.txt"),
        "end %d, best %d, shipped %d%n".formatted(end.seq(), best.seq(), shipped)
            + String.join("\n", seen)
            + "\n");
    assertThat(repaired).isPositive();
  }

  private StoreRepair repaired() throws IOException, InterruptedException {
    return new OfflineStore(home("home"), vault(), () -> now).repair(Actor.SALVOR);
  }

  private String damage(int round) throws IOException {
    Path database = StoreFiles.in(folder("home")).database();
    Path wal = database.resolveSibling("salvor.db-wal");
    Path shm = database.resolveSibling("salvor.db-shm");
    Path foreign = StoreFiles.in(folder("other-killed")).database();
    return switch (round % 14) {
      case 0 -> flip(database, 1);
      case 1 -> flip(database, 50);
      case 2 -> flip(wal, 1 + random.nextInt(20));
      case 3 -> truncate(database);
      case 4 -> truncate(wal);
      case 5 -> zero(database);
      case 6 -> {
        Files.delete(wal);
        yield "no -wal";
      }
      case 7 -> {
        Files.copy(
            foreign.resolveSibling("salvor.db-wal"), wal, StandardCopyOption.REPLACE_EXISTING);
        yield "a foreign -wal";
      }
      case 8 -> {
        Files.copy(
            foreign.resolveSibling("salvor.db-shm"), shm, StandardCopyOption.REPLACE_EXISTING);
        yield "a foreign -shm";
      }
      case 9 -> {
        Files.deleteIfExists(shm);
        Files.copy(foreign, database, StandardCopyOption.REPLACE_EXISTING);
        yield "another store under its -wal";
      }
      case 10 -> {
        Path swap = database.resolveSibling("swap");
        Files.move(database, swap);
        Files.move(wal, database);
        Files.move(swap, wal);
        yield "database and -wal swapped";
      }
      case 11 -> flipInArchive(database, 1);
      case 12 -> flipInArchive(database, archived.size());
      default -> {
        flip(database, 20);
        yield "damaged, and " + flip(wal, 5);
      }
    };
  }

  private String flip(Path file, int bits) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (int i = 0; i < bits; i++) {
        var one = ByteBuffer.allocate(1);
        long at = random.nextLong(channel.size());
        channel.read(one, at);
        one.put(0, (byte) (one.get(0) ^ (1 << random.nextInt(8)))).rewind();
        channel.write(one, at);
      }
    }
    return bits + " bits of " + file.getFileName() + " flipped";
  }

  /// In so many segments one bit.
  private String flipInArchive(Path database, int segments) throws IOException {
    byte[] bytes = Files.readAllBytes(database);
    int flipped = 0;
    while (flipped < segments) {
      byte[] segment = archived.get(random.nextInt(archived.size()));
      int from = random.nextInt(segment.length - PIECE);
      int at = placeOf(Arrays.copyOfRange(segment, from, from + PIECE), bytes);
      if (at >= 0) { // not where it lies over the end of a page
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        flipped++;
      }
    }
    Files.write(database, bytes);
    return flipped + " bits of the archive flipped";
  }

  private static int placeOf(byte[] part, byte[] whole) {
    for (int i = 0; i + part.length <= whole.length; i++) {
      if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }

  private String truncate(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(random.nextLong(channel.size()));
      return file.getFileName() + " cut to " + channel.size();
    }
  }

  private String zero(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      int bytes = 4_096 * (1 + random.nextInt(20));
      channel.write(ByteBuffer.allocate(bytes), random.nextLong(channel.size()));
      return bytes + " bytes of zeros in " + file.getFileName();
    }
  }
}
