package io.salvor.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.Folders;
import io.salvor.it.harness.Places;
import io.salvor.it.harness.ScratchProject;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.ListBackupsResponse;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Z13, on the commands that people type: a store that is deleted, and then the whole home.
@Order(1)
final class LostStoreTest {
  private final Bench bench = Bench.idle("lost-store");
  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");

  @BeforeEach
  void freePorts() {
    bench.configured(
        "listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n[backup]\nsegments = \"off\"\n");
  }

  @AfterEach
  void nothingRunsOn() {
    salvor.run("stop");
    bench.close();
  }

  @Test
  void a_store_that_was_deleted_is_not_replaced_by_nothing_and_comes_back_by_one_command()
      throws IOException {
    worked();
    ok(salvor.run("backup", "create"));
    ok(salvor.run("stop"));
    String before = listed();
    Folders.delete(bench.home().resolve("store"));

    for (int i = 0; i < 3; i++) {
      Outcome refused = salvor.run("serve");
      assertThat(refused.status()).as("%s", refused).isEqualTo(8);
      assertThat(refused.err()).contains("is gone", "salvor backup restore");
    }
    assertThat(bench.home().resolve("store")).doesNotExist();

    Outcome restored = ok(salvor.run("backup", "restore", "--yes"));
    assertThat(restored.out()).contains("restored", "its epoch is 2");
    ok(salvor.run("serve"));

    assertThat(listed()).isEqualTo(before);
    assertThat(status().getRecords()).isGreaterThan(0);
    ok(salvor.as("user:reviewer").run("task", "approve", "1", "--merge"));
    assertThat(project.root().resolve("new.txt")).exists();
    assertThat(ok(salvor.run("thread", "records", "instance")).out()).contains("restored from");
    assertThat(ok(salvor.run("store", "rebuild", "--check")).out()).contains("the chain holds");
    assertThat(ok(salvor.run("backup", "create")).out()).contains("is verified");
  }

  @Test
  void a_home_that_was_deleted_comes_back_with_its_configuration_and_its_tasks()
      throws IOException {
    worked();
    ok(salvor.run("backup", "create"));
    ok(salvor.run("stop"));
    Folders.delete(bench.home());
    Outcome refused = salvor.run("serve", "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0");
    assertThat(refused.status()).isEqualTo(8);
    assertThat(refused.err()).contains("salvor backup restore");
    ScratchProject.git(
        project.root(), "worktree", "remove", "--force", project.root() + "-TASK-0001");
    ScratchProject.git(project.root(), "branch", "-D", "task/TASK-0001");

    Outcome restored = ok(salvor.run("backup", "restore", "--yes"));

    assertThat(restored.out()).contains("brought back", "refs/heads/task/TASK-0001");
    ok(salvor.run("serve"));
    ok(salvor.as("user:reviewer").run("task", "approve", "1", "--merge"));
    assertThat(project.root().resolve("new.txt")).exists();
    assertThat(Files.readString(bench.home().resolve("config.toml"))).contains("127.0.0.1:0");
  }

  @Test
  void who_starts_with_nothing_says_so_and_the_backups_of_before_stay() throws IOException {
    worked();
    ok(salvor.run("backup", "create"));
    ok(salvor.run("stop"));
    Folders.delete(bench.home().resolve("store"));
    ok(salvor.run("serve", "--new-store"));
    assertThat(ok(salvor.run("task", "list")).out()).doesNotContain("TASK-0001");
    ok(salvor.run("task", "add", "Another life", "--agent", "command", "--", "true"));
    ok(salvor.run("backup", "create"));
    assertThat(backups().getBackupsList()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(backups().getBackupsList().stream().map(it -> it.getLineage()).distinct())
        .hasSize(2);
    ok(salvor.run("stop"));

    String first =
        backups().getBackupsList().stream()
            .filter(it -> it.getLastSeq() > 5)
            .findFirst()
            .orElseThrow()
            .getGeneration();
    Outcome restored = ok(salvor.run("backup", "restore", "--to", first, "--yes"));
    assertThat(restored.out()).contains("another store");
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("task", "show", "1")).out()).contains("Add a file");
  }

  @Test
  void an_older_store_put_in_place_does_not_get_backed_up_over_the_newer_one() throws IOException {
    worked();
    ok(salvor.run("stop"));
    Path store = bench.home().resolve("store/salvor.db");
    Path older = bench.folder().resolve("older.db");
    Files.copy(store, older);
    ok(salvor.run("serve"));
    ok(salvor.run("task", "add", "Later", "--agent", "command", "--", "true"));
    ok(salvor.run("backup", "create"));
    ok(salvor.run("stop"));
    Files.delete(store);
    Files.copy(older, store);
    ok(salvor.run("serve"));

    Outcome refused = salvor.run("backup", "create");

    assertThat(refused.status()).as("%s", refused).isEqualTo(4);
    assertThat(refused.err()).contains("SHORTER", "salvor backup list");
    assertThat(ok(salvor.run("status")).out()).contains("! no backup was made, SHORTER");
    assertThat(backups().getQuarantineList()).anyMatch(it -> it.contains("SHORTER"));
    ok(salvor.run("stop"));
    ok(salvor.run("backup", "restore", "--yes"));
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("task", "list")).out()).contains("Later");
  }

  @Test
  void a_store_that_cannot_be_read_is_named_and_moved_aside_by_the_restore() throws IOException {
    worked();
    ok(salvor.run("backup", "create"));
    ok(salvor.run("stop"));
    Path store = bench.home().resolve("store/salvor.db");
    byte[] bytes = Files.readAllBytes(store);
    java.util.Arrays.fill(bytes, 0, 8_192, (byte) 0x5a);
    Files.write(store, bytes);
    Outcome refused = salvor.run("serve");
    assertThat(refused.status()).isEqualTo(8);
    assertThat(refused.err()).contains("not a database", "salvor store repair");

    Outcome restored = ok(salvor.run("backup", "restore", "--yes"));

    assertThat(restored.out()).contains("whose store is unreadable", "the store before it is in");
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("task", "list")).out()).contains("Add a file");
  }

  @Test
  void a_damaged_backup_is_found_marked_and_passed_over() throws IOException {
    worked();
    ok(salvor.run("backup", "create"));
    ok(salvor.run("task", "add", "Later", "--agent", "command", "--", "true"));
    ok(salvor.run("backup", "create"));
    ok(salvor.run("stop"));
    String newest = backups().getBackups(0).getGeneration();
    Path copy = generation(newest).resolve("store.db");
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy, bytes);
    assertThat(salvor.run("backup", "verify").status()).isEqualTo(1);
    assertThat(ok(salvor.run("backup", "list")).out()).contains("DAMAGED");
    Folders.delete(bench.home().resolve("store"));

    Outcome restored = ok(salvor.run("backup", "restore", "--yes"));

    assertThat(restored.out()).doesNotContain(newest).contains("takes");
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("task", "list")).out()).contains("Add a file").doesNotContain("Later");
  }

  @Test
  void a_rehearsal_restores_serves_and_compares_beside_a_running_server() throws IOException {
    worked();
    ok(salvor.run("backup", "create"));
    Outcome drill = ok(salvor.run("backup", "drill"));
    assertThat(drill.out()).contains("passed, restored in");
    assertThat(salvor.run("backup", "drill", "--to", "nosuch").status()).isEqualTo(3);
    assertThat(salvor.run("backup", "restore", "--to", "nosuch", "--dry-run").status())
        .isEqualTo(3);
    assertThat(ok(salvor.run("backup", "show")).out()).contains("drill", "passed", "not covered");
    assertThat(status().getVerifiedBackupTime().getSeconds()).isPositive();
    assertThat(ok(salvor.run("backup", "prune", "--dry-run")).out()).contains("kept", "BEST");
  }

  /// Between two backups, and whatever happens to the newest of them.
  @Test
  void what_was_recorded_after_the_last_backup_comes_back_by_itself() throws IOException {
    bench.configured("listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n");
    worked();
    ok(salvor.run("backup", "create"));
    ok(salvor.run("task", "add", "Later", "--agent", "command", "--", "true"));
    long then = status().getRecords();
    ok(salvor.run("task", "add", "Too much", "--agent", "command", "--", "true"));
    ok(salvor.run("stop"));
    Folders.delete(bench.home().resolve("store"));

    Outcome restored = ok(salvor.run("backup", "restore", "--yes"));

    assertThat(restored.out()).containsPattern("segments?, up to record");
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("task", "list")).out()).contains("Add a file", "Later", "Too much");
    assertThat(ok(salvor.run("store", "rebuild", "--check")).out()).contains("the chain holds");
    ok(salvor.run("stop"));
    Folders.delete(bench.home().resolve("store"));
    ok(salvor.run("backup", "restore", "--to", "" + then, "--yes"));
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("task", "list")).out())
        .contains("Add a file", "Later")
        .doesNotContain("Too much");
    assertThat(ok(salvor.run("task", "show", "2", "-o", "json")).out()).contains("Later");
  }

  @Test
  void a_point_in_time_is_restored_and_what_is_lost_is_listed_before() throws IOException {
    worked();
    long then = status().getRecords();
    ok(salvor.run("task", "add", "Too much", "--agent", "command", "--", "true"));
    ok(salvor.run("backup", "create"));
    assertThat(salvor.run("backup", "restore", "--yes").err()).contains("salvor stop");
    ok(salvor.run("stop"));
    Outcome plan = ok(salvor.run("backup", "restore", "--to", "" + then, "--dry-run"));
    assertThat(plan.out()).contains("Too much");
    assertThat(salvor.run("backup", "restore", "--to", "" + then).status()).isEqualTo(2);
    ok(salvor.run("backup", "restore", "--to", "" + then, "--yes"));
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("task", "list")).out())
        .contains("Add a file")
        .doesNotContain("Too much");
    try (Stream<Path> all = Files.list(bench.home())) {
      assertThat(all).anyMatch(it -> it.getFileName().toString().startsWith("store.aside-"));
    }
  }

  /// Its number would be given again: the next attempt must not take it for its own.
  @Test
  void an_agent_that_began_after_the_backup_is_ended_and_what_it_wrote_is_kept() throws Exception {
    worked();
    ok(salvor.run("backup", "create"));
    ok(salvor.run("task", "add", "Too late", "--agent", "command", "--", "sleep", "1000"));
    ok(salvor.run("task", "dispatch", "2"));
    Await.until("an agent", () -> openPid() > 0);
    long pid = openPid();
    ok(salvor.run("stop"));
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isPresent();

    Outcome restored = ok(salvor.run("backup", "restore", "--yes"));

    assertThat(restored.out()).contains("Too late", "began later; it was ended");
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    ok(salvor.run("serve"));
    assertThat(status().getOpenAttemptsCount()).isZero();
    try (Stream<Path> all = Files.list(bench.home())) {
      assertThat(all).anyMatch(it -> it.getFileName().toString().startsWith("attempts.aside-"));
    }
  }

  private long openPid() throws InvalidProtocolBufferException {
    return status().getOpenAttemptsList().stream()
        .mapToLong(it -> it.getPid())
        .findFirst()
        .orElse(0);
  }

  /// A server with one task whose work waits for a verdict.
  private void worked() {
    ok(salvor.run("serve"));
    ok(
        salvor.run(
            "task",
            "add",
            "Add a file",
            "--agent",
            "command",
            "--",
            "sh",
            "-c",
            "echo new >new.txt; git add .; git commit -qm New"));
    ok(salvor.run("task", "dispatch", "1", "--wait"));
  }

  private Path generation(String name) throws IOException {
    try (Stream<Path> keys = Files.list(Places.backupsOf(bench.home()))) {
      return keys.map(it -> it.resolve(name)).filter(Files::exists).findFirst().orElseThrow();
    }
  }

  private String listed() throws InvalidProtocolBufferException {
    boolean runs = salvor.run("status").status() == 0;
    if (!runs) {
      ok(salvor.run("serve"));
    }
    var task = Task.newBuilder();
    JsonFormat.parser()
        .ignoringUnknownFields()
        .merge(ok(salvor.run("task", "show", "1", "-o", "json")).out(), task);
    if (!runs) {
      ok(salvor.run("stop"));
    }
    return task.build().toString();
  }

  private InstanceStatus status() throws InvalidProtocolBufferException {
    var status = InstanceStatus.newBuilder();
    JsonFormat.parser().merge(ok(salvor.run("status", "-o", "json")).out(), status);
    return status.build();
  }

  private ListBackupsResponse backups() throws InvalidProtocolBufferException {
    var list = ListBackupsResponse.newBuilder();
    JsonFormat.parser().merge(ok(salvor.run("backup", "list", "-o", "json")).out(), list);
    return list.build();
  }

  private static Outcome ok(Outcome outcome) {
    assertThat(outcome.status()).as("%s", outcome).isZero();
    return outcome;
  }
}
