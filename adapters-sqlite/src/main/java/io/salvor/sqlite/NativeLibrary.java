package io.salvor.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.sqlite.util.LibraryLoaderUtil;

/// SQLite itself, which its driver brings along in a jar. The driver would unpack it at each start,
/// and compare it byte by byte. Kept, it is unpacked once: starts are quicker, and need no room on
/// a disk that is full.
final class NativeLibrary {
  private NativeLibrary() {}

  /// Has the driver load the library from this directory, and unpacks it there where it is not yet,
  /// or not as it was. Of effect before the first connection.
  static void keepIn(Path directory) throws IOException {
    String name = LibraryLoaderUtil.getNativeLibName();
    @Nullable URL packed =
        LibraryLoaderUtil.class.getResource(
            LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
    if (packed == null || !(packed.openConnection() instanceof JarURLConnection jar)) {
      return; // the driver looks in other places as well
    }
    jar.setUseCaches(false);
    try (var _ = jar.getJarFile()) {
      JarEntry entry = jar.getJarEntry();
      Path kept = directory.resolve("%08x-%s".formatted(entry.getCrc(), name));
      if (!holds(kept, entry)) {
        unpack(jar, kept);
        removeOthers(directory, kept, name);
      }
      System.setProperty("org.sqlite.lib.path", directory.toAbsolutePath().toString());
      System.setProperty("org.sqlite.lib.name", kept.getFileName().toString());
    }
  }

  /// It is not synced: what a loss of power left of it is found out here.
  private static boolean holds(Path kept, JarEntry entry) throws IOException {
    if (!Files.isRegularFile(kept) || Files.size(kept) != entry.getSize()) {
      return false;
    }
    var checksum = new CRC32();
    checksum.update(Files.readAllBytes(kept));
    return checksum.getValue() == entry.getCrc();
  }

  /// Those of other versions; whoever has one open keeps it.
  private static void removeOthers(Path directory, Path kept, String name) throws IOException {
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(directory, "[0-9a-f]???????-" + name)) {
      for (Path one : all) {
        if (!one.equals(kept)) {
          Files.deleteIfExists(one);
        }
      }
    }
  }

  /// Under a name by which what was cut short is swept, as that of the driver is.
  private static void unpack(JarURLConnection jar, Path kept) throws IOException {
    Path unfinished =
        kept.resolveSibling("sqlite-" + ProcessHandle.current().pid() + "-" + kept.getFileName());
    try (InputStream in = jar.getInputStream()) {
      Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
