package io.salvor.process.protocol;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/// The whole lines of a growing file that an agent keeps beside its output. What cannot be read is
/// not known: no error comes of it. Memory is bounded: longer lines are left out. Not safe for use
/// by many threads.
final class RecordLines {
  private static final int LONGEST_LINE = 256 * 1024;
  private static final int CHUNK = 64 * 1024;

  private final Path file;
  private long position;
  private byte[] line = new byte[0];
  private boolean skipping;

  RecordLines(Path file) {
    this.file = file;
  }

  /// Hands over the lines that came since the last call.
  void readOn(Consumer<String> reader) {
    try (RandomAccessFile source = new RandomAccessFile(file.toFile(), "r")) {
      source.seek(position);
      byte[] chunk = new byte[CHUNK];
      for (int read = source.read(chunk); read > 0; read = source.read(chunk)) {
        position += read;
        take(chunk, read, reader);
      }
    } catch (IOException e) {
      return;
    }
  }

  private void take(byte[] chunk, int length, Consumer<String> reader) {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (chunk[i] == '\n') {
        keep(chunk, start, i);
        if (!skipping) {
          reader.accept(new String(line, StandardCharsets.UTF_8));
        }
        line = new byte[0];
        skipping = false;
        start = i + 1;
      }
    }
    keep(chunk, start, length);
  }

  private void keep(byte[] chunk, int from, int to) {
    skipping |= line.length + (to - from) > LONGEST_LINE;
    if (skipping) {
      line = new byte[0];
    } else if (to > from) {
      int before = line.length;
      line = Arrays.copyOf(line, before + to - from);
      System.arraycopy(chunk, from, line, before, to - from);
    }
  }
}
