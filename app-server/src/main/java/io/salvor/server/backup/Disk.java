package io.salvor.server.backup;

import io.salvor.domain.text.ShellWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// Files that are whole or not there, also after a loss of power.
final class Disk {
  private Disk() {}

  /// A folder that is the owner's alone, and those above it.
  static Path folder(Path folder) throws IOException {
    return Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /// Writes a file of this name, in place of the one that is there.
  static void write(Path file, String text) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(unfinished, text);
    force(unfinished);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(parent(file));
  }

  /// The folder that something lies in.
  static Path parent(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent());
  }

  /// Puts a file or the names in a folder on the disk.
  static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// The same for all that is in a folder, and the folder.
  static void forceAll(Path folder) throws IOException {
    for (Path file : files(folder)) {
      force(file);
      force(parent(file));
    }
    force(folder);
  }

  /// Moves a folder, which must not be there under the new name, in one step.
  static void moveFolder(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(parent(to));
    force(parent(from));
  }

  /// All files in a folder and those below it, in the order of their paths.
  static List<Path> files(Path folder) throws IOException {
    return files(folder, new FileVisitOption[0]);
  }

  /// Also those that links lead to.
  static List<Path> filesThroughLinks(Path folder) throws IOException {
    return files(folder, FileVisitOption.FOLLOW_LINKS);
  }

  private static List<Path> files(Path folder, FileVisitOption... options) throws IOException {
    try (var all = Files.walk(folder, options)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// A small file that Salvor has written and now cannot make sense of.
  static BackupFailed notOurs(Path file, String what) {
    return new BackupFailed(
        file + " " + what,
        "mv "
            + ShellWord.of(file.toString())
            + " "
            + ShellWord.of(file + ".damaged")
            + "  (it is made anew)");
  }

  /// What went wrong, for people: the message of some exceptions is a path alone.
  static String words(IOException e) {
    return switch (e) {
      case AccessDeniedException it -> "access to " + it.getFile() + " is denied";
      case NoSuchFileException it -> it.getFile() + " is not there";
      case CharacterCodingException _ -> "it is not text";
      default -> String.valueOf(e.getMessage());
    };
  }

  /// SHA-256 in hex.
  static String sha256(Path file) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        byte[] piece = new byte[1 << 16];
        while (in.read(piece) >= 0) {
          // what is read goes into the digest
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /// Removes a folder with all that is in it; first its name, so that no half of it is ever found.
  /// What a removal that was cut short has left of one of that name goes too.
  static void remove(Path folder) throws IOException {
    if (folder.getFileName().toString().startsWith(Vault.UNFINISHED)) {
      delete(folder);
      return;
    }
    Path doomed = folder.resolveSibling(Vault.UNFINISHED + "gone-" + folder.getFileName());
    delete(doomed);
    if (Files.exists(folder)) {
      moveFolder(folder, doomed);
      delete(doomed);
    }
  }

  private static void delete(Path doomed) throws IOException {
    if (!Files.exists(doomed)) {
      return;
    }
    Files.walkFileTree(
        doomed,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException problem)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /// The folders in a folder whose names do not begin with a dot, by name.
  static List<Path> folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var found = new ArrayList<Path>();
    try (var all = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path it : all) {
        if (!it.getFileName().toString().startsWith(".")) {
          found.add(it);
        }
      }
    }
    found.sort(null);
    return found;
  }
}
