package io.salvor.git;

import java.util.List;
import java.util.stream.Stream;

/// How a git command ended.
///
/// @param out standard output, at most [Git#OUTPUT_LIMIT_BYTES]
/// @param err standard error, at most 64 KiB
/// @param cut whether there was more output than is kept
record GitResult(int exit, String out, String err, boolean cut) {

  boolean ok() {
    return exit == 0;
  }

  /// The output without the line end.
  String line() {
    return out.strip();
  }

  /// The NUL-ended parts of the output.
  List<String> parts() {
    return Stream.of(out.split("\0", -1)).filter(part -> !part.isEmpty()).toList();
  }
}
