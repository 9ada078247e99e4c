package io.salvor.server.doctor;

import io.salvor.v1.Finding.Level;
import java.io.IOException;
import java.util.Optional;

/// What a check found.
///
/// @param summary one sentence
/// @param command that mends it; empty where nothing has to be done
/// @param mending what `--fix` does; empty where only a person should
record Result(Level level, String summary, String command, Optional<Mending> mending) {

  /// Puts something right that can be put right without loss.
  @FunctionalInterface
  interface Mending {
    void mend() throws IOException;
  }

  static Result pass(String summary) {
    return new Result(Level.PASS, summary, "", Optional.empty());
  }

  static Result warn(String summary, String command) {
    return new Result(Level.WARN, summary, command, Optional.empty());
  }

  static Result fail(String summary, String command) {
    return new Result(Level.FAIL, summary, command, Optional.empty());
  }

  Result fixable(Mending how) {
    return new Result(level, summary, command, Optional.of(how));
  }
}
