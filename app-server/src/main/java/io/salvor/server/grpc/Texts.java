package io.salvor.server.grpc;

import io.salvor.server.errors.Errors;

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

  static String required(String field, String text) {
    if (text.isBlank()) {
      throw Errors.invalid(field, "say something");
    }
    return bounded(field, text);
  }
}
