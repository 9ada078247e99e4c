package io.salvor.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A start must neither need room for the library nor load a damaged one.
final class NativeLibraryTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

  @TempDir private Path directory;

  @Test
  void it_is_unpacked_once() throws IOException {
    Path kept = keep();
    Files.setLastModifiedTime(kept, LONG_AGO);

    assertThat(keep()).isEqualTo(kept);
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(LONG_AGO);
  }

  @Test
  void what_is_damaged_of_it_is_replaced_and_what_is_of_another_version_removed()
      throws IOException {
    Path kept = keep();
    byte[] whole = Files.readAllBytes(kept);
    Files.createFile(directory.resolve("0badcafe-" + kept.getFileName().toString().substring(9)));
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(kept, damaged);

    assertThat(keep()).isEqualTo(kept).hasBinaryContent(whole);
  }

  @Test
  void the_driver_is_told_where_it_is() throws IOException {
    Path kept = keep();
    assertThat(Path.of(System.getProperty("org.sqlite.lib.path")))
        .isEqualTo(directory.toAbsolutePath());
    assertThat(System.getProperty("org.sqlite.lib.name")).isEqualTo(kept.getFileName().toString());
  }

  /// The one file that is there then.
  private Path keep() throws IOException {
    NativeLibrary.keepIn(directory);
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }
}
