package io.salvor.offhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What places do alike besides in which a file that is on its way lies as a file.
abstract class UnfinishedFilesContract extends RemoteFolderContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String FORMER = ".new-6f1c2a55-0f5e-4a7e-9d3b-1f0a2b3c4d5e";

  @TempDir private Path sources;

  /// Where the files of a place lie.
  abstract Path behind(String name);

  private static void cutShort(Path file, Instant at) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "half of something that is longer than what is put there now");
    Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private static List<String> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(it -> folder.relativize(it).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void what_was_cut_short_on_its_way_is_written_over_by_the_next_try() throws Exception {
    Path behind = behind("cut");
    Path source = Files.writeString(sources.resolve("whole"), "whole");
    try (var folder = empty("cut")) {
      cutShort(behind.resolve("a/.new-store.db"), NOW);
      cutShort(behind.resolve(".new-top"), NOW);
      assertThat(folder.list("")).isEmpty();
      folder.put("a/store.db", source);
      folder.put("top", source);
      assertThat(files(behind)).containsExactly("a/store.db", "top");
      assertThat(behind.resolve("a/store.db")).hasContent("whole");
    }
  }

  @Test
  void what_nobody_has_gone_on_with_is_swept_and_all_else_stays() throws Exception {
    Path behind = behind("sweep");
    try (var folder = empty("sweep")) {
      folder.sweep("home-1/", NOW);
      Instant before = NOW.minus(Duration.ofMinutes(1));
      cutShort(behind.resolve("home-1/g/" + FORMER), before);
      cutShort(behind.resolve("home-1/g/bundles/.new-shop.bundle"), before);
      cutShort(behind.resolve("home-1/g/.new-store.db"), NOW.plusSeconds(1));
      cutShort(behind.resolve("home-2/g/.new-store.db"), before);
      for (String name : List.of("home-1/g/manifest.json", "home-1/g/old.new-fangled")) {
        folder.put(name, Files.writeString(sources.resolve("source"), name));
        Files.setLastModifiedTime(behind.resolve(name), FileTime.from(before));
      }
      folder.sweep("home-1/", NOW);
      assertThat(files(behind))
          .containsExactly(
              "home-1/g/.new-store.db",
              "home-1/g/manifest.json",
              "home-1/g/old.new-fangled",
              "home-2/g/.new-store.db");
    }
  }
}
