package io.salvor.offhost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

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
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(it -> !it.getFileName().toString().startsWith(UNFINISHED))
          .map(it -> new File(root.relativize(it).toString(), it.toFile().length()))
          .filter(it -> it.name().startsWith(prefix))
          .sorted((one, other) -> one.name().compareTo(other.name()))
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw failed("cannot be listed", e);
    }
  }

  /// A link is made only where there is nothing of the name, in one step.
  @Override
  public boolean put(String name, Path file) {
    Path target = root.resolve(name);
    Path folder = Objects.requireNonNull(target.getParent());
    Path unfinished = folder.resolve(UNFINISHED + UUID.randomUUID());
    try {
      if (Files.exists(target)) {
        return false;
      }
      Files.createDirectories(folder);
      Files.copy(file, unfinished);
      force(unfinished);
      boolean put = name(unfinished, target);
      Files.deleteIfExists(unfinished);
      force(folder);
      return put;
    } catch (IOException e) {
      throw failed("does not take " + name, e);
    }
  }

  private static boolean name(Path unfinished, Path target) throws IOException {
    try {
      Files.createLink(target, unfinished);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException | IOException noLinks) {
      if (Files.exists(target)) {
        return false;
      }
      Files.move(unfinished, target);
      return true;
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

  private RemoteFailed failed(String what, Exception cause) {
    return RemoteFailed.passing(root + " " + what + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {}
}
