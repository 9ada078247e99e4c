package io.salvor.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskTest {
  @TempDir private Path directory;

  private Path folder(String name) throws IOException {
    Path made = Files.createDirectories(directory.resolve(name).resolve("within"));
    Files.writeString(made.resolve("file"), "x");
    return directory.resolve(name);
  }

  /// Z13: else a restore that was killed thrice could not be done any more.
  @Test
  void what_a_removal_that_was_cut_short_has_left_is_in_nobody_s_way() throws IOException {
    Path cutShort = folder(".new-gone-.restoring");
    Disk.remove(folder(".restoring"));
    assertThat(directory).isEmptyDirectory();

    folder(".new-gone-.restoring");
    Disk.remove(directory.resolve(".restoring"));
    assertThat(cutShort).doesNotExist();
  }
}
