package io.salvor.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.Folders;
import io.salvor.it.harness.Places;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerAddress;
import io.salvor.v1.DoctorReport;
import io.salvor.v1.Finding;
import io.salvor.v1.Finding.Level;
import io.salvor.v1.ListBackupsResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// What goes wrong with a home and its server from day to day, on the commands that people type.
@Order(6)
final class HomeTroubleTest {
  private final Bench bench = Bench.idle("home-trouble");
  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");

  @BeforeEach
  void freePorts() {
    bench.configured("listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n");
  }

  @AfterEach
  void nothingRunsOn() {
    salvor.run("stop");
    bench.close();
  }

  private static Outcome ok(Outcome outcome) {
    assertThat(outcome.status()).as("%s", outcome).isZero();
    return outcome;
  }

  private DoctorReport doctor(String... more) throws InvalidProtocolBufferException {
    var words = new java.util.ArrayList<>(java.util.List.of("doctor", "-o", "json"));
    words.addAll(java.util.List.of(more));
    var report = DoctorReport.newBuilder();
    JsonFormat.parser().merge(salvor.run(words.toArray(String[]::new)).out(), report);
    return report.build();
  }

  private static Level level(DoctorReport report, String check) {
    return report.getFindingsList().stream()
        .filter(it -> it.getCheck().equals(check))
        .map(Finding::getLevel)
        .max(java.util.Comparator.comparingInt(Level::getNumber))
        .orElseThrow();
  }

  private long pid() {
    return ServerAddress.in(bench.home()).orElseThrow().pid();
  }

  @Test
  void a_server_that_lost_all_it_wrote_of_itself_is_found_and_ended_and_nobody_else_gets_in()
      throws Exception {
    ok(salvor.run("serve"));
    long pid = pid();
    Folders.delete(bench.home().resolve("run"));
    assertThat(level(doctor(), "lock")).isEqualTo(Level.WARN);
    Outcome second = salvor.run("serve");
    assertThat(second.status()).as("%s", second).isEqualTo(8);
    assertThat(second.err()).contains("process " + pid, "salvor stop");

    assertThat(ok(salvor.run("stop")).out()).contains("pid " + pid);

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    ok(salvor.run("serve"));
    assertThat(level(doctor(), "lock")).isEqualTo(Level.PASS);
  }

  @Test
  void a_server_that_was_killed_leaves_what_doctor_clears_away_and_the_next_start_does_not_mind()
      throws Exception {
    ok(salvor.run("serve"));
    ProcessHandle server = ProcessHandle.of(pid()).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
    DoctorReport found = doctor();
    assertThat(level(found, "lock")).isEqualTo(Level.WARN);
    assertThat(level(found, "sockets")).isEqualTo(Level.WARN);
    assertThat(doctor("--fix").getFindingsList()).anyMatch(Finding::getFixed);
    assertThat(level(doctor(), "lock")).isEqualTo(Level.PASS);
    assertThat(level(doctor(), "sockets")).isEqualTo(Level.PASS);
    ok(salvor.run("serve"));
  }

  @Test
  void who_has_the_port_is_named() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome refused = salvor.run("serve", "--listen", "127.0.0.1:" + taken.getLocalPort());
      assertThat(refused.status()).as("%s", refused).isEqualTo(8);
      assertThat(refused.err())
          .contains("another program listens", "process " + ProcessHandle.current().pid());
    }
  }

  /// Z14.
  @Test
  void a_store_of_an_older_version_is_backed_up_before_it_is_brought_up_to_date()
      throws IOException {
    Path store = Files.createDirectories(bench.home().resolve("store")).resolve("salvor.db");
    Files.copy(
        Places.root().resolve("adapters-sqlite/src/test/resources/io/salvor/sqlite/store-1.db"),
        store);
    assertThat(level(doctor(), "store")).isEqualTo(Level.PASS);

    ok(salvor.run("serve"));

    assertThat(ok(salvor.run("task", "list")).out())
        .contains("Round the total", "MERGED", "Say hello", "FAILED", "Later", "READY");
    assertThat(ok(salvor.run("store", "check")).out()).contains("sound");
    var backups = ListBackupsResponse.newBuilder();
    JsonFormat.parser().merge(ok(salvor.run("backup", "list", "-o", "json")).out(), backups);
    assertThat(backups.getBackupsList())
        .anyMatch(it -> it.getStoreVersion() == 1 && it.getLastSeq() == 24);
    assertThat(ok(salvor.run("backup", "verify")).out()).doesNotContain("DAMAGED");
  }

  /// Z13.
  @Test
  void a_damaged_store_is_named_and_one_command_makes_it_whole() throws IOException {
    ok(salvor.run("serve"));
    ok(salvor.run("task", "add", "Kept", "--agent", "command", "--", "true"));
    ok(salvor.run("backup", "create"));
    ok(salvor.run("task", "add", "After the backup", "--agent", "command", "--", "true"));
    ok(salvor.run("stop"));
    Path store = bench.home().resolve("store/salvor.db");
    byte[] bytes = Files.readAllBytes(store);
    java.util.Arrays.fill(bytes, 0, 4_096, (byte) 0x5a);
    Files.write(store, bytes);

    Outcome refused = salvor.run("serve");

    assertThat(refused.status()).as("%s", refused).isEqualTo(8);
    assertThat(refused.err()).contains("is damaged", "salvor store repair");
    assertThat(salvor.run("store", "check").status()).isEqualTo(1);
    assertThat(ok(salvor.run("store", "repair", "--dry-run")).out()).contains("not in it");
    assertThat(ok(salvor.run("store", "repair", "--yes")).out())
        .contains("repaired", "the damaged store is in");
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("task", "list")).out()).contains("Kept");
    assertThat(ok(salvor.run("store", "check")).out()).contains("sound");
    assertThat(salvor.run("store", "repair").err()).contains("salvor stop");
  }
}
