package io.salvor.offhost.lab;

import io.salvor.offhost.RemoteFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// A place in memory.
public final class MemoryFolder implements RemoteFolder {
  private final ConcurrentSkipListMap<String, byte[]> files = new ConcurrentSkipListMap<>();

  @Override
  public List<File> list(String prefix) {
    return files.entrySet().stream()
        .filter(it -> it.getKey().startsWith(prefix))
        .map(it -> new File(it.getKey(), it.getValue().length))
        .toList();
  }

  @Override
  public void put(String name, Path file) {
    try {
      files.putIfAbsent(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(String name) {
    return new ByteArrayInputStream(Optional.ofNullable(files.get(name)).orElseThrow());
  }

  @Override
  public void remove(String name) {
    files.remove(name);
  }

  @Override
  public void close() {}
}
