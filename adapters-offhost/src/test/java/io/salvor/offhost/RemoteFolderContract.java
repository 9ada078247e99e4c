package io.salvor.offhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every place on another host does alike.
abstract class RemoteFolderContract {
  @TempDir private Path files;

  /// A place in which there is nothing yet.
  abstract RemoteFolder empty(String name) throws Exception;

  private Path file(String content) throws IOException {
    Path file = Files.createTempFile(files, "file", "");
    return Files.writeString(file, content);
  }

  private static String content(RemoteFolder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Test
  void what_was_put_there_is_listed_and_read_again() throws Exception {
    try (var folder = empty("read")) {
      assertThat(folder.list("")).isEmpty();
      folder.put("home-1/2026/store.db", file("eins"));
      folder.put("home-1/2026/manifest.json", file("zwei"));
      folder.put("home-2/segments/a_1.seg", file("drei!"));
      assertThat(folder.list(""))
          .containsExactly(
              new RemoteFolder.File("home-1/2026/manifest.json", 4),
              new RemoteFolder.File("home-1/2026/store.db", 4),
              new RemoteFolder.File("home-2/segments/a_1.seg", 5));
      assertThat(folder.list("home-1/")).hasSize(2);
      assertThat(folder.list("home-1/2026/m")).hasSize(1);
      assertThat(folder.list("home-3/")).isEmpty();
      assertThat(content(folder, "home-1/2026/store.db")).isEqualTo("eins");
    }
  }

  @Test
  void what_is_there_is_never_written_over() throws Exception {
    try (var folder = empty("over")) {
      folder.put("a/b", file("first"));
      folder.put("a/b", file("second"));
      assertThat(content(folder, "a/b")).isEqualTo("first");
    }
  }

  @Test
  void what_is_removed_is_gone_and_may_be_gone_already() throws Exception {
    try (var folder = empty("gone")) {
      folder.put("a/b", file("x"));
      folder.put("a/c", file("y"));
      folder.remove("a/b");
      folder.remove("a/b");
      assertThat(folder.list("")).isEqualTo(List.of(new RemoteFolder.File("a/c", 1)));
      folder.put("a/b", file("again"));
      assertThat(content(folder, "a/b")).isEqualTo("again");
    }
  }

  @Test
  void any_bytes_and_lengths_come_back() throws Exception {
    try (var folder = empty("bytes")) {
      for (int length : new int[] {0, 1, 65_536, 3_000_001}) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        folder.put("f" + length, Files.write(file(""), bytes));
        try (InputStream in = folder.open("f" + length)) {
          assertThat(in.readAllBytes()).isEqualTo(bytes);
        }
      }
      assertThat(folder.list("")).hasSize(4);
    }
  }

  @Test
  void more_files_than_one_answer_holds_are_listed() throws Exception {
    try (var folder = empty("many")) {
      Path one = file("1");
      for (int i = 0; i < 1_010; i++) {
        folder.put("many/" + i, one);
      }
      assertThat(folder.list("many/")).hasSize(1_010);
    }
  }
}
