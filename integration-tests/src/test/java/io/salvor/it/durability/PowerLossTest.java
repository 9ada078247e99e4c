package io.salvor.it.durability;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.domain.id.TaskId;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.ServerProcess;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.it.harness.Shell;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Twenty tasks are made, one after the other, by a server of which every write, sync and reply is
/// known. Wherever the power fails, all that was acknowledged until then is there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PowerLossTest {
  private static final int TASKS = 20;
  private static final long SEED = Long.getLong("salvor.seed", new Random().nextLong());

  private final Bench bench = Bench.idle("power-loss");
  private final List<String> acknowledged = new ArrayList<>();
  private List<SystemCall> calls = List.of();
  private FileOnDisk database = new FileOnDisk(new byte[0]);
  private FileOnDisk wal = new FileOnDisk(new byte[0]);

  @BeforeAll
  void watch() throws IOException {
    assumeTrue(
        Shell.run(Path.of("/"), List.of("sh", "-c", "strace -o /dev/null true")).status() == 0,
        "strace is not there, or may not trace");
    bench.start();
    bench.server().stop();
    database = FileOnDisk.of(store("salvor.db"));
    wal = FileOnDisk.of(store("salvor.db-wal"));

    Path log = bench.folder().resolve("calls");
    bench.surround(new Surroundings(SystemCalls.watching(log), Map.of()));
    bench.start();
    ScratchProject project = bench.project();
    bench.author().instance().getStatus(GetStatusRequest.getDefaultInstance());
    for (int i = 0; i < TASKS; i++) {
      Task task = bench.author().create(job(project, Scripts.exits(0)));
      acknowledged.add(task.getUid());
    }
    bench.killServer();
    calls = SystemCalls.read(log);
    System.out.printf("power loss: -Dsalvor.seed=%d%n", SEED);
  }

  @AfterAll
  void close() {
    bench.close();
  }

  @Test
  void every_acknowledgement_follows_the_sync_of_what_it_acknowledges_Z11() {
    int unsynced = 0;
    int lastSyncBegan = 0;
    int cycles = 0;
    boolean appended = false;
    for (SystemCall call : calls) {
      if (call.isOn("salvor.db-wal") && call.name().equals("pwrite64")) {
        unsynced = call.end();
        appended = true;
      } else if (call.isOn("salvor.db-wal") && call.isSync()) {
        lastSyncBegan = call.begin();
      } else if (isReply(call) && appended) {
        assertThat(lastSyncBegan)
            .as("the sync before the reply in line %d of the log", call.begin())
            .isGreaterThan(unsynced);
        appended = false;
        cycles++;
      }
    }
    assertThat(cycles).as("appends that were acknowledged").isGreaterThanOrEqualTo(TASKS);
  }

  @Test
  void files_cut_back_to_their_last_sync_have_every_acknowledged_task_Z11() throws IOException {
    var random = new Random(SEED);
    int images = 0;
    int replies = 0;
    boolean appended = false;
    for (SystemCall call : calls) {
      if (call.isOn("salvor.db-wal") || call.isOn("salvor.db")) {
        FileOnDisk file = call.isOn("salvor.db") ? database : wal;
        if (call.isSync() && !file.isSynced()) {
          assertHasAll(replies, database.torn(random), wal.torn(random));
        }
        file.heard(call);
        appended |= call.name().equals("pwrite64") && acknowledging(call);
      } else if (isReply(call) && appended) {
        appended = false;
        replies = Math.min(replies + 1, TASKS);
        assertHasAll(replies, database.cutBack(), wal.cutBack());
        images++;
      }
    }
    assertThat(images).isGreaterThanOrEqualTo(TASKS);
    aServerStartsOn(database.cutBack(), wal.cutBack());
  }

  /// What the start of the server appends is acknowledged to nobody.
  private boolean acknowledging(SystemCall call) {
    int firstReply =
        calls.stream().filter(PowerLossTest::isReply).findFirst().orElseThrow().begin();
    return call.begin() > firstReply;
  }

  private void assertHasAll(int replies, byte[] database, byte[] wal) throws IOException {
    Path home = Files.createDirectories(bench.fresh("after"));
    lay(home, database, wal);
    try (SqliteStore store =
        SqliteStore.open(
            StoreFiles.in(home),
            new SqliteStore.Settings(SqliteStore.Settings.DEFAULT.busyTimeout(), 1, 0),
            InstantSource.system())) {
      assertThat(acknowledged.subList(0, replies))
          .as("tasks acknowledged before the power failed")
          .allMatch(uid -> store.tasks().get(TaskId.of(uid)).isPresent());
      assertThat(store.log().restore().open()).hasSizeGreaterThanOrEqualTo(replies);
    }
  }

  private void aServerStartsOn(byte[] database, byte[] wal) throws IOException {
    Path home = Files.createDirectories(bench.fresh("home-after"));
    lay(home, database, wal);
    try (ServerProcess server = ServerProcess.start(home);
        var connection = io.salvor.it.harness.Connection.over(server.address().socket())) {
      for (String uid : acknowledged) {
        assertThat(connection.as("user:author").get("tasks/" + uid).getUid()).isEqualTo(uid);
      }
    }
  }

  private static void lay(Path home, byte[] database, byte[] wal) throws IOException {
    Path store = Files.createDirectories(home.resolve("store"));
    Files.write(store.resolve("salvor.db"), database);
    Files.write(store.resolve("salvor.db-wal"), wal);
  }

  private static boolean isReply(SystemCall call) {
    return call.file().contains("UNIX-STREAM") || call.file().contains("salvor.sock");
  }

  private Path store(String file) {
    return bench.home().resolve("store").resolve(file);
  }
}
