package io.salvor.offhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.offhost.lab.SftpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Against a real server.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SftpFolderTest extends UnfinishedFilesContract {
  @TempDir private static Path directory;
  private SftpServer server;

  @BeforeAll
  void start() throws Exception {
    server = SftpServer.start(directory);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @Override
  RemoteFolder empty(String name) {
    return RemoteAddress.of(server.url(name), Map.of()).open(Map.of());
  }

  @Override
  Path behind(String name) {
    return server.data().resolve(name);
  }

  @Test
  void a_host_with_another_key_than_the_one_that_is_trusted_is_refused() throws Exception {
    Path other = directory.resolve("other");
    try (var stranger = SftpServer.start(other)) {
      String line = Files.readString(server.knownHosts());
      Files.writeString(
          stranger.knownHosts(),
          Files.readString(stranger.knownHosts()).split(" ", 2)[0] + " " + line.split(" ", 2)[1]);
      refused(stranger.address("x"));
    }
  }

  @Test
  void a_key_that_is_not_let_in_is_told() throws Exception {
    Path other = directory.resolve("another");
    try (var stranger = SftpServer.start(other)) {
      Files.copy(stranger.key(), server.key().resolveSibling("wrong"));
      RemoteAddress.Sftp usual = server.address("x");
      refused(
          new RemoteAddress.Sftp(
              usual.host(),
              usual.port(),
              usual.user(),
              server.key().resolveSibling("wrong"),
              usual.knownHosts(),
              usual.path()));
    }
  }

  private static void refused(RemoteAddress address) {
    assertThatThrownBy(() -> address.open(Map.of()).close())
        .isInstanceOfSatisfying(
            RemoteFailed.class, it -> assertThat(it.isPassing()).as("%s", it).isFalse());
  }
}
