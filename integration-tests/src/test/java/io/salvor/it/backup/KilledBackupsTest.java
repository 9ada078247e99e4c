package io.salvor.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Places;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerProcess;
import io.salvor.v1.Backup;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.VerifyBackupsResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Z13 under SIGKILL: whatever is killed when, every backup that is published is whole, the best
/// one is never worse than before, and one command brings the store back. More rounds with
/// `-Dsalvor.backup.kills=500`; the seed is `-Dsalvor.seed`.
final class KilledBackupsTest {
  private static final int ROUNDS = Integer.getInteger("salvor.backup.kills", 4);
  private static final long SEED = Long.getLong("salvor.seed", 5);

  @AutoClose private final Bench bench = Bench.idle("killed-backups");
  private final Random random = new Random(SEED);

  @Test
  void a_server_killed_while_it_makes_a_backup_leaves_only_whole_ones() throws Exception {
    ScratchProject project = bench.project();
    long best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ServerProcess server = bench.start();
      bench.author().create(Bench.job(project, List.of("true")));
      Thread backup =
          Thread.ofPlatform().daemon().start(() -> program("verify")); // reads what is written
      pause(random.nextInt(400));
      server.kill();
      backup.join();
      VerifyBackupsResponse verified = verify();
      assertThat(verified.getBackupsList())
          .as("seed %d, round %d", SEED, round)
          .allMatch(it -> it.getProblemsCount() == 0);
      long now = verified.getBackupsList().stream().mapToLong(Backup::getLastSeq).max().orElse(0);
      assertThat(now).as("seed %d, round %d", SEED, round).isGreaterThanOrEqualTo(best);
      best = now;
    }
    bench.start();
    assertThat(
            bench.author().instance().getStatus(GetStatusRequest.getDefaultInstance()).getRecords())
        .isGreaterThanOrEqualTo(best);
  }

  @Test
  void a_restore_killed_anywhere_is_brought_to_its_end_by_the_same_command() throws Exception {
    ScratchProject project = bench.project();
    bench.start();
    for (int i = 0; i < 5; i++) {
      bench.author().create(Bench.job(project, List.of("true")));
    }
    bench.server().stop();
    bench.start();
    awaitBackup();
    bench.server().stop();
    for (int round = 0; round < ROUNDS; round++) {
      Process restore = start("restore");
      pause(300 + random.nextInt(1_200));
      restore.destroyForcibly().waitFor();
      if (round % 2 == 0) {
        assertThat(program("restore"))
            .as("seed %d, round %d", SEED, round)
            .contains("\"done\": true");
      }
      Path store = bench.home().resolve("store/salvor.db");
      if (!Files.exists(store)) {
        assertThat(program("restore")).contains("\"done\": true");
      }
      assertThat(verify().getBackupsList()).allMatch(it -> it.getProblemsCount() == 0);
    }
    bench.start();
    assertThat(
            bench
                .author()
                .instance()
                .getStatus(GetStatusRequest.getDefaultInstance())
                .getTasksList())
        .anyMatch(it -> it.getCount() == 5);
  }

  private void awaitBackup() {
    io.salvor.it.harness.Await.until(
        "a backup",
        () -> {
          var status = bench.author().instance().getStatus(GetStatusRequest.getDefaultInstance());
          return status.hasVerifiedBackupTime();
        });
  }

  /// The kill comes at any time: there is nothing to wait for.
  private static void pause(int millis) throws InterruptedException {
    new java.util.concurrent.CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
  }

  private VerifyBackupsResponse verify() throws InvalidProtocolBufferException {
    var response = VerifyBackupsResponse.newBuilder();
    JsonFormat.parser().merge(program("verify"), response);
    return response.build();
  }

  private Process start(String... words) {
    var command =
        new ArrayList<>(
            List.of(
                Places.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Places.serverJars() + "/*",
                "io.salvor.server.BackupMain",
                "--home=" + bench.home()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SALVOR_BACKUPS", Places.backupsOf(bench.home()).toString());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String program(String... words) {
    try {
      return new String(start(words).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
