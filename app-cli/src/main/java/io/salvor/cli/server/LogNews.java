package io.salvor.cli.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lines that come to `salvor.log` from now on, through its being rolled.
public final class LogNews implements AutoCloseable {
  private static final int PIECE = 1 << 20;

  private final Path current;
  private String torn = "";
  private Optional<Reading> reading;

  /// The file, read up to here; it stays the same one when it gets another name.
  ///
  /// @param inode what tells it from another of the same name
  private record Reading(RandomAccessFile file, Object inode) {}

  /// @param folder where the log is
  public LogNews(Path folder) throws IOException {
    this.current = folder.resolve(LogFiles.CURRENT);
    this.reading = open(current);
    if (reading.isPresent()) {
      RandomAccessFile file = reading.get().file();
      file.seek(file.length());
    }
  }

  /// Whole lines that came since. Where the file was rolled meanwhile, first the rest of the old
  /// one, then the new one.
  public List<String> read() throws IOException {
    List<String> news = new ArrayList<>();
    readOn(news);
    if (!inode(current).equals(reading.map(Reading::inode))) {
      readOn(news);
      close();
      torn = "";
      reading = open(current);
      readOn(news);
    }
    return news;
  }

  private void readOn(List<String> news) throws IOException {
    if (reading.isEmpty()) {
      return;
    }
    RandomAccessFile file = reading.get().file();
    long left = file.length() - file.getFilePointer();
    while (left > 0) {
      byte[] bytes = new byte[(int) Math.min(left, PIECE)];
      file.readFully(bytes);
      String text = torn + new String(bytes, StandardCharsets.ISO_8859_1);
      int end = text.lastIndexOf('\n') + 1;
      torn = text.substring(end);
      text.substring(0, end).lines().map(LogFiles::utf8).forEach(news::add);
      left = file.length() - file.getFilePointer();
    }
  }

  private static Optional<Reading> open(Path file) throws IOException {
    Optional<Object> inode = inode(file);
    return inode.isEmpty()
        ? Optional.empty()
        : Optional.of(new Reading(new RandomAccessFile(file.toFile(), "r"), inode.get()));
  }

  private static Optional<Object> inode(Path file) throws IOException {
    try {
      return Optional.of(Files.getAttribute(file, "unix:ino"));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    if (reading.isPresent()) {
      reading.get().file().close();
    }
  }
}
