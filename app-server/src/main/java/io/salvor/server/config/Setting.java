package io.salvor.server.config;

/// A value that a server goes by, and where it comes from.
///
/// @param key as in `config.toml`: `limits.deadline`
/// @param value as it would be written there, without quotes
/// @param where the flag, the variable or the file; empty for a default
public record Setting(String key, String value, Source source, String where) {
  /// What names it, the first of these that does.
  public enum Source {
    FLAG,
    ENVIRONMENT,
    FILE,
    DEFAULT
  }
}
