package io.salvor.process;

import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/// What one command added to a log.
final class CommandLog {
  /// Longest tail, in bytes of UTF-8.
  static final int LONGEST_TAIL = 8 * 1024;

  /// Read before the tail, so that a secret that reaches into it is seen whole.
  private static final int MARGIN = 4 * 1024;

  private final Path log;
  private final long start;

  /// @param start where the command's own output begins
  CommandLog(Path log, long start) {
    this.log = log;
    this.start = start;
  }

  /// How much the command has written; nothing where that cannot be told.
  long length() {
    return Math.max(0, log.toFile().length() - start);
  }

  /// The end of what the command wrote, redacted; a note where it cannot be read.
  String tail(Redactor redactor) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long end = file.length();
      long from = Math.max(start, end - LONGEST_TAIL - MARGIN);
      byte[] bytes = new byte[(int) Math.max(0, end - from)];
      file.seek(from);
      file.readFully(bytes);
      String text = redactor.redact(new String(bytes, StandardCharsets.UTF_8));
      return from == start ? cut(text) : cut(commonEnd(text, redactor.redact(tail(bytes))));
    } catch (IOException e) {
      return "(its output cannot be read)";
    }
  }

  /// What nothing before it has to do with: where a secret reaches over the margin's end, the two
  /// differ from there on backwards. The margin's own beginning may be half of one.
  private static String commonEnd(String whole, String tail) {
    int common = 0;
    int most = Math.min(whole.length(), tail.length());
    while (common < most
        && whole.charAt(whole.length() - 1 - common) == tail.charAt(tail.length() - 1 - common)) {
      common++;
    }
    return tail.substring(tail.length() - common);
  }

  private static String tail(byte[] bytes) {
    return new String(
        Arrays.copyOfRange(bytes, Math.min(MARGIN, bytes.length), bytes.length),
        StandardCharsets.UTF_8);
  }

  private static String cut(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_TAIL) {
      return text;
    }
    int from = bytes.length - LONGEST_TAIL;
    while (from < bytes.length && (bytes[from] & 0xC0) == 0x80) {
      from++; // not in the middle of a character
    }
    return new String(Arrays.copyOfRange(bytes, from, bytes.length), StandardCharsets.UTF_8);
  }
}
