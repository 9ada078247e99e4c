package io.salvor.offhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.offhost.lab.S3Server;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a real server, which checks signatures.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class S3FolderTest extends RemoteFolderContract {
  @TempDir private static Path directory;
  private S3Server server;

  @BeforeAll
  void start() throws Exception {
    server = S3Server.start(directory, "backups");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  RemoteFolder empty(String name) {
    return RemoteAddress.of(server.url("backups", name), Map.of()).open(S3Server.KEYS);
  }

  @Test
  void a_wrong_key_and_a_bucket_that_is_not_there_are_told_and_not_tried_again() {
    Map<String, String> wrong =
        Map.of("AWS_ACCESS_KEY_ID", "anna", "AWS_SECRET_ACCESS_KEY", "guessed");
    try (var folder = server.address("backups", "").open(wrong);
        var nowhere = server.address("nowhere", "").open(S3Server.KEYS)) {
      for (RemoteFolder it : new RemoteFolder[] {folder, nowhere}) {
        assertThatThrownBy(() -> it.list(""))
            .isInstanceOfSatisfying(
                RemoteFailed.class, e -> assertThat(e.isPassing()).as("%s", e).isFalse());
      }
    }
    assertThatThrownBy(() -> server.address("backups", "").open(Map.of()))
        .isInstanceOf(RemoteFailed.class)
        .hasMessageContaining("AWS_ACCESS_KEY_ID is not set");
  }

  @Test
  void a_file_too_long_for_one_request_goes_in_parts_and_over_nothing_that_is_there()
      throws Exception {
    var parts = new S3Parts(6 << 20, 5 << 20);
    byte[] bytes = new byte[(13 << 20) + 7];
    new Random(3).nextBytes(bytes);
    Path file = Files.write(directory.resolve("long"), bytes);
    try (var folder = S3Folder.open(server.address("backups", "long"), S3Server.KEYS, parts)) {
      folder.put("a/b", file);
      try (InputStream in = folder.open("a/b")) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
      bytes[0] ^= 1;
      folder.put("a/b", Files.write(file, bytes));
      try (InputStream in = folder.open("a/b")) {
        assertThat(in.read()).isEqualTo((bytes[0] ^ 1) & 0xff);
      }
      assertThat(folder.list("")).containsExactly(new RemoteFolder.File("a/b", bytes.length));
    }
  }

  /// Bytes of a file, and of its parts: at most 10,000, of 5 GiB at most.
  @ParameterizedTest
  @CsvSource({
    "5368709120, 0",
    "5368709121, 67108864",
    "671088640000, 67108864",
    "671088640001, 68157440",
    "53687091200000, 5368709120",
  })
  void parts_are_as_large_as_it_takes(long bytes, long partBytes) {
    if (partBytes == 0) {
      assertThat(S3Parts.USUAL.inOne(bytes)).isTrue();
    } else {
      assertThat(S3Parts.USUAL.inOne(bytes)).isFalse();
      assertThat(S3Parts.USUAL.partBytes(bytes)).isEqualTo(partBytes);
      assertThat(Math.ceilDiv(bytes, partBytes)).isLessThanOrEqualTo(10_000);
    }
  }

  @Test
  void a_server_that_is_not_there_may_be_there_later() {
    var address = RemoteAddress.of("s3://b/p?endpoint=http://127.0.0.1:1", Map.of());
    try (var folder = address.open(S3Server.KEYS)) {
      assertThatThrownBy(() -> folder.list(""))
          .isInstanceOfSatisfying(RemoteFailed.class, it -> assertThat(it.isPassing()).isTrue());
    }
  }
}
