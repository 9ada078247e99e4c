package io.salvor.it.durability;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One system call as `strace -xx -yy` tells it: its name, what its file descriptor stands for, and
/// the rest of the line.
///
/// @param file path or socket, decoded
/// @param begin number of the line in which it began
/// @param end number of the line in which it returned
record SystemCall(String name, String file, String rest, int begin, int end) {
  private static final Pattern CALL = Pattern.compile("(\\w+)\\(\\d+<(.*?)>(.*)", Pattern.DOTALL);
  private static final Pattern DATA =
      Pattern.compile(", \"([^\"]*)\", \\d+, (\\d+)\\)\\s+= (-?\\d+).*", Pattern.DOTALL);
  private static final Pattern LENGTH = Pattern.compile(", (\\d+)\\)\\s+= 0.*", Pattern.DOTALL);

  /// Reads a whole call; empty for one without a file descriptor.
  static Optional<SystemCall> parse(String text, int begin, int end) {
    Matcher matcher = CALL.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new SystemCall(
                matcher.group(1), decoded(matcher.group(2)), matcher.group(3), begin, end))
        : Optional.empty();
  }

  boolean isOn(String ending) {
    return file.endsWith(ending);
  }

  boolean isSync() {
    return (name.equals("fsync") || name.equals("fdatasync")) && rest.contains("= 0");
  }

  /// Bytes put at a place in a file.
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and read once
  record Patch(long offset, byte[] data) {}

  /// What a `pwrite64` wrote, as far as the kernel took it.
  Patch patch() {
    Matcher matcher = DATA.matcher(rest);
    if (!matcher.matches()) {
      throw new AssertionError("not a write of data: " + rest);
    }
    byte[] data = bytes(matcher.group(1));
    int written = Integer.parseInt(matcher.group(3));
    if (written != data.length) {
      throw new AssertionError("strace cut off a write: " + written + " of " + data.length);
    }
    return new Patch(Long.parseLong(matcher.group(2)), data);
  }

  /// The length that an `ftruncate` left.
  long length() {
    Matcher matcher = LENGTH.matcher(rest);
    if (!matcher.matches()) {
      throw new AssertionError("not a length: " + rest);
    }
    return Long.parseLong(matcher.group(1));
  }

  private static String decoded(String text) {
    return new String(bytes(text), StandardCharsets.UTF_8);
  }

  /// `\x41b` stands for two bytes.
  private static byte[] bytes(String text) {
    var bytes = new ByteArrayOutputStream(text.length() / 4);
    int i = 0;
    while (i < text.length()) {
      if (text.startsWith("\\x", i)) {
        bytes.write(Integer.parseInt(text, i + 2, i + 4, 16));
        i += 4;
      } else {
        bytes.write(text.charAt(i));
        i++;
      }
    }
    return bytes.toByteArray();
  }
}
