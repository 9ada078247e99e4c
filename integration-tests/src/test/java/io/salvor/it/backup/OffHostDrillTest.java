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
import io.salvor.offhost.lab.S3Server;
import io.salvor.offhost.lab.SftpServer;
import io.salvor.v1.BackupTarget;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.ListBackupsResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/// Z13: home, backups and work are gone from the host; a bare machine has the address of a place
/// elsewhere and the passphrase. On the commands that people type, against real servers.
@Order(5)
final class OffHostDrillTest {
  private final Bench bench = Bench.idle("off-host");
  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");
  private final Path bareHome = bench.folder().resolve("bare/home");
  private final CommandLine bare = new CommandLine(bareHome, project.root(), "user:author");
  private final Path passphrase = bench.folder().resolve("passphrase");

  @AfterEach
  void nothingRunsOn() {
    salvor.run("stop");
    bare.run("stop");
    bench.close();
  }

  @Test
  void all_comes_back_from_a_server_that_speaks_s3() throws Exception {
    Path folder = Files.createDirectories(bench.folder().resolve("s3"));
    try (var server = S3Server.start(folder, "backups")) {
      Path access = Files.writeString(folder.resolve("access"), key("AWS_ACCESS_KEY_ID"));
      Path secret = Files.writeString(folder.resolve("secret"), key("AWS_SECRET_ACCESS_KEY"));
      secret("s3.access", key("AWS_ACCESS_KEY_ID"));
      secret("s3.secret", key("AWS_SECRET_ACCESS_KEY"));
      drill(
          """
          type = "s3"
          endpoint = "%s"
          bucket = "backups"
          prefix = "laptop"
          access_key_file = "s3.access"
          secret_key_file = "s3.secret"
          """
              .formatted(server.endpoint()),
          server.url("backups", "laptop")
              + "&access_key_file="
              + access
              + "&secret_key_file="
              + secret);
      assertThat(bareHome.resolve("secrets/s3.secret")).hasContent(key("AWS_SECRET_ACCESS_KEY"));
    }
  }

  private static String key(String variable) {
    return S3Server.KEYS.getOrDefault(variable, "");
  }

  @Test
  void all_comes_back_from_a_server_that_speaks_sftp() throws Exception {
    try (var server = SftpServer.start(bench.folder().resolve("sftp"))) {
      var address = server.address("backups/laptop");
      secret("id", Files.readString(server.key()));
      drill(
          """
          type = "sftp"
          host = "127.0.0.1"
          port = %d
          user = "%s"
          key_file = "id"
          known_hosts = "%s"
          path = "/backups/laptop"
          """
              .formatted(address.port(), SftpServer.USER, server.knownHosts()),
          server.url("backups/laptop"));
      assertThat(bareHome.resolve("secrets/id")).hasSameTextualContentAs(server.key());
    }
  }

  private void secret(String name, String content) throws IOException {
    Path secrets = Files.createDirectories(bench.home().resolve("secrets"));
    Files.writeString(secrets.resolve(name), content);
  }

  private void drill(String target, String address) throws IOException {
    Files.writeString(passphrase, "correct horse\n");
    bench.configured(
        "listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n"
            + "[backup]\nevery = \"off\"\nsegments = \"1s\"\npassphrase_file = \""
            + passphrase
            + "\"\n[backup.targets.nas]\n"
            + target);
    worked();
    disaster();

    assertThat(ok(bare.run("backup", "list", "--from", address)).out())
        .contains("verified", ", with segments ");
    assertThat(ok(bare.run("backup", "verify", "--from", address)).out())
        .contains("as it was written");
    Outcome dry = ok(bare.run("backup", "restore", "--from", address, "--dry-run"));
    assertThat(dry.out()).contains("segment", "whose store is missing");
    Outcome restored =
        ok(
            bare.run(
                "backup",
                "restore",
                "--from",
                address,
                "--passphrase-file",
                passphrase.toString(),
                "--yes"));
    assertThat(restored.out()).contains("brought back", "refs/heads/task/TASK-0001");

    ok(bare.run("serve"));
    assertThat(ok(bare.run("task", "list")).out()).contains("Add a file", "Later");
    assertThat(ok(bare.run("store", "rebuild", "--check")).out()).contains("the chain holds");
    ok(bare.as("user:reviewer").run("task", "approve", "1", "--merge"));
    assertThat(project.root().resolve("new.txt")).exists();
  }

  /// A task whose work waits for a verdict, in a generation; one more in a segment; both elsewhere.
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
    ok(salvor.run("backup", "create"));
    ok(salvor.run("task", "add", "Later", "--agent", "command", "--", "true"));
    long records = status().getRecords();
    Await.until("the last record elsewhere", () -> target().getLastSeq() >= records);
    assertThat(target().getTrouble()).isEmpty();
    assertThat(ok(salvor.run("backup", "list")).out()).contains("and in nas");
    assertThat(ok(salvor.run("backup", "list", "--from", "nas")).out()).contains("verified");
    assertThat(ok(salvor.run("backup", "show")).out()).contains("sealed with a passphrase");
    ok(salvor.run("stop"));
  }

  private void disaster() {
    Folders.delete(bench.home());
    Folders.delete(Places.backupsOf(bench.home()));
    ScratchProject.git(
        project.root(), "worktree", "remove", "--force", project.root() + "-TASK-0001");
    ScratchProject.git(project.root(), "branch", "-D", "task/TASK-0001");
  }

  private BackupTarget target() {
    var list = ListBackupsResponse.newBuilder();
    merge(ok(salvor.run("backup", "list", "-o", "json")).out(), list);
    return list.getTargetsCount() == 0 ? BackupTarget.getDefaultInstance() : list.getTargets(0);
  }

  private InstanceStatus status() {
    var status = InstanceStatus.newBuilder();
    merge(ok(salvor.run("status", "-o", "json")).out(), status);
    return status.build();
  }

  private static void merge(String json, com.google.protobuf.Message.Builder into) {
    try {
      JsonFormat.parser().merge(json, into);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(json, e);
    }
  }

  private static Outcome ok(Outcome outcome) {
    assertThat(outcome.status()).as("%s", outcome).isZero();
    return outcome;
  }
}
