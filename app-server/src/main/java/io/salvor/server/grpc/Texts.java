package io.salvor.server.grpc;

import io.salvor.server.errors.Errors;
import java.util.Optional;

/// Texts that people write.
final class Texts {
  private static final int MAX = 64 * 1024;

  private Texts() {}

  static String bounded(String field, String text) {
    if (text.length() > MAX) {
      throw Errors.invalid(field, "at most " + MAX + " characters");
    }
    return text.strip();
  }

  /// What becomes an argument of a program: that cannot have a NUL.
  static String argument(String field, String text) {
    if (text.indexOf(0) >= 0) {
      throw Errors.invalid(field, "has a NUL in it, and no program can be given that");
    }
    return text;
  }

  /// A name, in one line; empty where none is given.
  static Optional<String> name(String field, String text) {
    String name = text.strip();
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw Errors.invalid(field, "is one line without control characters");
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  static String required(String field, String text) {
    if (text.isBlank()) {
      throw Errors.invalid(field, "say something");
    }
    return bounded(field, text);
  }
}
