package io.salvor.offhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.offhost.lab.S3Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

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
  void a_server_that_is_not_there_may_be_there_later() {
    var address = RemoteAddress.of("s3://b/p?endpoint=http://127.0.0.1:1", Map.of());
    try (var folder = address.open(S3Server.KEYS)) {
      assertThatThrownBy(() -> folder.list(""))
          .isInstanceOfSatisfying(RemoteFailed.class, it -> assertThat(it.isPassing()).isTrue());
    }
  }
}
