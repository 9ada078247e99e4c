package io.salvor.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.HandMade;
import io.salvor.server.backup.Backups;
import io.salvor.server.backup.Secrets;
import io.salvor.server.backup.StoreGuard;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.DoctorReport;
import io.salvor.v1.Finding;
import io.salvor.v1.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One test for each check, that brings about what it looks for.
final class DoctorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path directory;
  private Home home = new Home(Path.of("/"));
  private final Map<String, String> environment = new TreeMap<>();
  private final HandMade hand = new HandMade();

  @BeforeEach
  void wellKept() throws Exception {
    home = new Home(directory.toRealPath().resolve("my home"));
    home.create();
    Files.writeString(home.config(), "listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n");
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    environment.put("SALVOR_BACKUPS", directory.resolve("backups").toString());
    try (var store = open()) {
      store
          .log()
          .appendDurably(List.of(hand.decide(Optional.empty(), new InstanceFact.Unfrozen("x"))));
      var backups =
          Backups.of(
              new Backups.Source(
                  home, store, Secrets.of(home, Optional.empty(), Map.of()), () -> NOW, "test"),
              patient().vault(),
              Retention.USUAL,
              _ -> {});
      assertThat(backups.create(Occasion.START)).isInstanceOf(Backups.Outcome.Made.class);
      new StoreGuard(home, patient().vault()).settle(store.identity(), false);
      store.ballast().keep();
    }
  }

  private SqliteStore open() {
    return SqliteStore.open(
        StoreFiles.in(home.root()),
        new SqliteStore.Settings(Duration.ofSeconds(1), 2, 65_536),
        () -> NOW);
  }

  private Patient at(Instant moment) throws IOException {
    return Patient.of(home, environment, moment);
  }

  private Patient patient() throws IOException {
    return Patient.of(home, environment, NOW);
  }

  private Result worst(String check) throws Exception {
    return worst(Doctor.look(check, patient()));
  }

  private static Result worst(List<Result> results) {
    return results.stream()
        .max((one, other) -> Integer.compare(one.level().getNumber(), other.level().getNumber()))
        .orElseThrow();
  }

  private void found(String check, Level level, String what, String command) throws Exception {
    Result result = worst(check);
    assertThat(result.level()).as(result.toString()).isEqualTo(level);
    assertThat(result.summary()).contains(what);
    assertThat(result.command()).contains(command);
  }

  private void mended(String check) throws Exception {
    Result before = worst(check);
    before.mending().orElseThrow().mend();
    assertThat(worst(check).level()).isEqualTo(Level.PASS);
  }

  @Test
  void what_is_well_is_said_to_be_well() throws Exception {
    for (String check :
        List.of(
            "home",
            "configuration",
            "permissions",
            "lock",
            "ports",
            "sockets",
            "store",
            "chain",
            "clock",
            "backups",
            "disk",
            "git",
            "workspaces",
            "leftovers",
            "systemd")) {
      Result result = worst(check);
      assertThat(result.level()).as(check + ": " + result).isEqualTo(Level.PASS);
    }
  }

  @Test
  void a_home_whose_first_start_was_cut_short_has_no_store_yet() throws Exception {
    home = new Home(directory.resolve("begun"));
    home.create();
    Path database = StoreFiles.in(home.root()).database();
    Files.createDirectories(database.getParent());
    try (var raw = DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = raw.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
    }
    for (String check : List.of("store", "chain", "clock", "backups", "workspaces")) {
      found(check, Level.PASS, "", "");
    }
  }

  @Test
  void home_a_folder_that_cannot_be_written_to_or_is_none() throws Exception {
    home = new Home(Files.writeString(directory.resolve("file"), ""));
    found("home", Level.FAIL, "no folder", "ls -ld");
    home = new Home(directory.resolve("nowhere"));
    found("home", Level.WARN, "not there yet", "salvor serve");
  }

  @Test
  void configuration_a_setting_that_there_is_none() throws Exception {
    Files.writeString(home.config(), "lissten = 1\n");
    found("configuration", Level.FAIL, "lissten", "salvor config show");
  }

  @Test
  void permissions_a_token_that_others_may_read() throws Exception {
    Files.writeString(home.token(), "secret");
    Files.setPosixFilePermissions(home.token(), PosixFilePermissions.fromString("rw-r--r--"));
    found("permissions", Level.WARN, "open to others", "chmod go-rwx '" + home.token() + "'");
    mended("permissions");
  }

  @Test
  void lock_what_a_killed_server_wrote_of_itself() throws Exception {
    Files.writeString(home.run().resolve("pid"), "4194000\n2026-03-01T08:00:00Z\n");
    Files.writeString(home.address(), "pid=4194000\n");
    found("lock", Level.WARN, "process 4194000", "salvor serve");
    mended("lock");
  }

  @Test
  void ports_one_that_another_program_has_is_named_with_the_program() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          home.config(),
          "listen = \"127.0.0.1:" + taken.getLocalPort() + "\"\nhttp = \"127.0.0.1:0\"\n");
      found(
          "ports",
          Level.FAIL,
          "is taken by process " + ProcessHandle.current().pid(),
          "--listen 127.0.0.1:0");
    }
  }

  @Test
  void sockets_one_that_nobody_listens_at() throws Exception {
    Files.writeString(home.socket(environment), "");
    found("sockets", Level.WARN, "left by a server", "salvor serve");
    mended("sockets");
  }

  @Test
  void store_one_that_is_gone_or_known_to_be_damaged() throws Exception {
    Path database = StoreFiles.in(home.root()).database();
    Files.writeString(database.resolveSibling("damaged"), "record 3: its bytes\n");
    found("store", Level.FAIL, "is damaged: record 3", "salvor store repair");
    Files.delete(database.resolveSibling("damaged"));
    Files.move(database, directory.resolve("elsewhere.db"));
    found("store", Level.FAIL, "is gone", "salvor backup restore");
  }

  @Test
  void chain_a_record_that_was_changed() throws Exception {
    Path database = StoreFiles.in(home.root()).database();
    try (var raw = java.sql.DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = raw.createStatement()) {
      statement.executeUpdate("UPDATE records SET body = x'00'");
    }
    found("chain", Level.FAIL, "record 1", "salvor store repair");
  }

  @Test
  void clock_one_that_is_behind_the_log() throws Exception {
    Result result = worst(Doctor.look("clock", at(Instant.parse("2026-02-28T09:00:00Z"))));
    assertThat(result.level()).isEqualTo(Level.FAIL);
    assertThat(result.summary()).contains("min behind the log");
    assertThat(result.command()).contains("timedatectl");
  }

  @Test
  void backups_none_or_a_damaged_one() throws Exception {
    Path only;
    try (var all = Files.newDirectoryStream(patient().vault().folder(), "2*")) {
      only = all.iterator().next();
    }
    Files.writeString(only.resolve("damaged"), "its bytes\n");
    found("backups", Level.FAIL, "no verified backup", "salvor backup create");
    Files.delete(only.resolve("damaged"));
    Files.createDirectories(patient().vault().folder().resolve("quarantine/SHORTER-x-1"));
    found("backups", Level.WARN, "refused", "salvor store check");
  }

  @Test
  void backups_that_are_not_made_any_more_though_there_is_news() throws Exception {
    Instant later = NOW.plus(Duration.ofDays(3));
    assertThat(worst(Doctor.look("backups", at(later))).level()).isEqualTo(Level.PASS);
    try (var store = open()) {
      hand.later(Duration.ofHours(30));
      store
          .log()
          .appendDurably(List.of(hand.decide(Optional.empty(), new InstanceFact.Unfrozen("x"))));
    }
    Result result = worst(Doctor.look("backups", at(later)));
    assertThat(result.level()).isEqualTo(Level.FAIL);
    assertThat(result.summary()).contains("more was recorded since");
  }

  @Test
  void off_host_backups_on_the_disk_of_the_home() throws Exception {
    found("off-host", Level.WARN, "same disk", "docs/backup.md");
  }

  @Test
  void off_host_a_place_that_has_too_little_and_one_that_was_moved() throws Exception {
    Files.writeString(
        home.config(), "[backup.targets.nas]\ntype = \"directory\"\npath = \"/mnt/nas\"\n");
    found("off-host", Level.WARN, "no backup on nas", "salvor serve");
    Path known = patient().vault().folder().resolve("targets/nas.json");
    Files.createDirectories(known.getParent());
    String state =
        """
        {"name": "nas", "address": "/mnt/nas", "generation": "20260101T090000000Z",
         "lastSeq": "%d", "reachedTime": "2026-01-01T09:00:00Z"}
        """;
    Files.writeString(known, state.formatted(0));
    found("off-host", Level.WARN, "days old: it ends at record 0 of 1", "salvor serve");
    Files.writeString(known, state.formatted(1));
    found("off-host", Level.PASS, "nas has all", "");
    Files.writeString(known, state.formatted(1).replace("/mnt/nas", "/mnt/old"));
    found("off-host", Level.WARN, "no backup on nas", "salvor serve");
  }

  @Test
  void disk_less_than_the_reserve_and_a_ballast_that_was_used() throws Exception {
    Files.writeString(home.config(), "[upkeep]\ndisk_reserve = \"900000GiB\"\n");
    found("disk", Level.FAIL, "no attempt begins", "make room");
    Files.delete(StoreFiles.in(home.root()).ballast());
    found("disk", Level.FAIL, "emergencies", "make room");
  }

  @Test
  void memory_less_than_what_is_healthy() throws Exception {
    Files.writeString(
        home.config(), "[memory]\nhealthy = \"900000GiB\"\ncritical = \"800000GiB\"\n");
    found("memory", Level.WARN, "one at a time", "max_concurrent");
  }

  @Test
  void git_none_and_one_that_is_too_old() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    environment.put("PATH", bin.toString());
    found("git", Level.FAIL, "there is no git", "apt-get install git");
    Path git = Files.writeString(bin.resolve("git"), "#!/bin/sh\necho git version 2.30.2\n");
    Files.setPosixFilePermissions(git, PosixFilePermissions.fromString("rwx------"));
    found("git", Level.FAIL, "2.30.2 is too old", "2.38");
  }

  @Test
  void agents_none_that_can_run() throws Exception {
    environment.put("PATH", directory.toString());
    found("agents", Level.WARN, "no agent can run", "salvor agents check");
  }

  @Test
  void workspaces_a_project_that_is_gone() throws Exception {
    Path database = StoreFiles.in(home.root()).database();
    try (var store = open()) {
      var hand = new HandMade();
      assertThat(store.records().lastSeq()).isEqualTo(1);
      hand.decide(Optional.empty(), new InstanceFact.Unfrozen("x"));
      store.log().appendDurably(List.of(hand.create(HandMade.task(1))));
    }
    try (var raw = java.sql.DriverManager.getConnection("jdbc:sqlite:" + database);
        var statement = raw.createStatement()) {
      statement.executeUpdate("UPDATE tasks SET attempts = 1");
    }
    found("workspaces", Level.WARN, "/work/project is gone", "git clone");
  }

  @Test
  void leftovers_copies_that_were_cut_short_and_what_was_moved_aside() throws Exception {
    Files.createDirectories(home.root().resolve(".repairing/store"));
    found("leftovers", Level.WARN, "cut short", "rm -r");
    mended("leftovers");
    Files.createDirectories(home.root().resolve("store.aside-1700000000000"));
    found("leftovers", Level.WARN, "moved aside", "rm -r");
  }

  @Test
  void systemd_a_unit_whose_stop_ends_the_agents() throws Exception {
    Path proc = Files.createDirectories(directory.resolve("proc/77"));
    Files.writeString(proc.resolve("cgroup"), "0::/system.slice/salvor.service\n");
    Path systemctl =
        Files.writeString(
            directory.resolve("systemctl"),
            "#!/bin/sh\nprintf 'KillMode=control-group\\nOOMPolicy=stop\\nRestart=no\\n'\n");
    Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwx------"));
    Patient now = patient();
    var run =
        new Patient(
            now.home(),
            now.config(),
            now.badConfig(),
            List.of(77L),
            now.environment(),
            NOW,
            directory.resolve("proc"));
    List<Result> results = new SystemdCheck(systemctl).look(run);
    assertThat(worst(results).level()).isEqualTo(Level.FAIL);
    assertThat(worst(results).summary()).contains("salvor.service has KillMode=control-group");
    assertThat(worst(results).command()).contains("KillMode=process");
    assertThat(results).hasSize(3);
  }

  @Test
  void all_are_made_each_once_and_what_can_be_mended_is_mended() throws Exception {
    Files.writeString(home.run().resolve("pid"), "4194000\n2026-03-01T08:00:00Z\n");
    var doctor = new Doctor(home, environment, () -> NOW);
    DoctorReport before = doctor.examine(false);
    assertThat(before.getFindingsList().stream().map(Finding::getCheck).distinct())
        .containsExactlyElementsOf(Doctor.names());
    assertThat(Doctor.names()).hasSize(18);
    assertThat(before.getWorst()).isEqualTo(Level.WARN);
    DoctorReport fixing = doctor.examine(true);
    assertThat(fixing.getFindingsList().stream().filter(Finding::getFixed).map(Finding::getCheck))
        .contains("lock");
    assertThat(doctor.examine(false).getFindingsList())
        .noneMatch(it -> it.getCheck().equals("lock") && it.getLevel() != Level.PASS);
  }
}
