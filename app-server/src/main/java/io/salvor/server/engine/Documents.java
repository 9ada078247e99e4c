package io.salvor.server.engine;

/// Texts in the store by their hash.
@FunctionalInterface
public interface Documents {
  /// The text; throws IllegalStateException where the store does not have it.
  String text(String hash);
}
