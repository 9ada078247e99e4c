package io.salvor.offhost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A folder of this host's file system.
final class DirectoryFolder implements RemoteFolder {
  /// What begins so is not finished.
  private static final String UNFINISHED = ".new-";

  private final Path root;

  DirectoryFolder(Path root) {
    this.root = root;
  }

  @Override
  public List<File> list(String prefix) {
    return files(prefix).stream()
        .filter(it -> !isUnfinished(it))
        .map(it -> new File(name(it), it.toFile().length()))
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  /// Finished or not.
  private List<Path> files(String prefix) {
    Path folder = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var found = new ArrayList<Path>();
    try {
      Files.walkFileTree(folder, new Listing(prefix, found));
    } catch (IOException e) {
      throw failed("cannot be listed", e);
    }
    return found;
  }

  /// What lies beside Salvor's folders need not let anybody in, such as `lost+found`.
  private final class Listing extends SimpleFileVisitor<Path> {
    private final String prefix;
    private final List<Path> found;

    Listing(String prefix, List<Path> found) {
      this.prefix = prefix;
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (Files.isRegularFile(file) && name(file).startsWith(prefix)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof AccessDeniedException && root.equals(file.getParent())) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  private String name(Path file) {
    return root.relativize(file).toString();
  }

  private static boolean isUnfinished(Path file) {
    return file.getFileName().toString().startsWith(UNFINISHED);
  }

  /// A link is made only where there is nothing of the name, in one step. What an earlier try has
  /// left is written over.
  @Override
  public void put(String name, Path file) {
    Path target = root.resolve(name);
    Path folder = Objects.requireNonNull(target.getParent());
    Path unfinished = folder.resolve(UNFINISHED + target.getFileName());
    try {
      if (Files.exists(target)) {
        return;
      }
      Files.createDirectories(folder);
      Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
      force(unfinished);
      publish(unfinished, target);
      Files.deleteIfExists(unfinished);
      force(folder);
    } catch (IOException e) {
      throw failed("does not take " + name, e);
    }
  }

  private static void publish(Path unfinished, Path target) throws IOException {
    try {
      Files.createLink(target, unfinished);
    } catch (FileAlreadyExistsException e) {
      // it stays
    } catch (UnsupportedOperationException | IOException noLinks) {
      if (!Files.exists(target)) {
        Files.move(unfinished, target);
      }
    }
  }

  private static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public InputStream open(String name) {
    try {
      return Files.newInputStream(root.resolve(name));
    } catch (IOException e) {
      throw failed("does not give " + name, e);
    }
  }

  @Override
  public void remove(String name) {
    try {
      Files.deleteIfExists(root.resolve(name));
    } catch (IOException e) {
      throw failed("does not let " + name + " be removed", e);
    }
  }

  @Override
  public void sweep(String prefix, Instant before) {
    try {
      for (Path it : files(prefix)) {
        if (isUnfinished(it) && Files.getLastModifiedTime(it).toInstant().isBefore(before)) {
          Files.delete(it);
        }
      }
    } catch (IOException e) {
      throw failed("does not let be removed what was cut short", e);
    }
  }

  private RemoteFailed failed(String what, Exception cause) {
    return RemoteFailed.passing(root + " " + what + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {}
}
