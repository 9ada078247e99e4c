package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file system of a few megabytes, for tests of a full disk. Needs root.
public final class SmallDisk implements AutoCloseable {
  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /// Whether this user may mount one.
  public static boolean canMount() {
    Path place = Folders.make("mount");
    try {
      boolean mounted = Shell.run(place, mounting(place, 1 << 20)).status() == 0;
      if (mounted) {
        Shell.run(Path.of("/"), List.of("umount", place.toString()));
      }
      return mounted;
    } finally {
      Folders.delete(place);
    }
  }

  /// Mounts one over an empty folder.
  public static SmallDisk mount(Path place, long bytes) {
    Shell.Result mounted = Shell.run(place, mounting(place, bytes));
    if (mounted.status() != 0) {
      throw new AssertionError(mounted.output());
    }
    return new SmallDisk(place);
  }

  private static List<String> mounting(Path place, long bytes) {
    return List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", place.toString());
  }

  /// Fills it up but for so many bytes.
  public void fill(long left) {
    try {
      long room = Files.getFileStore(place).getUsableSpace() - left;
      Files.write(filler(), new byte[Math.toIntExact(Math.max(0, room))]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes room again.
  public void empty() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path filler() {
    return place.resolve("filler");
  }

  @Override
  public void close() {
    Shell.run(Path.of("/"), List.of("umount", "--lazy", place.toString()));
  }
}
