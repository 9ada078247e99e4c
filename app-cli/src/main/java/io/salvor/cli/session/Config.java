package io.salvor.cli.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// The settings in `config.toml`; without the file there are none.
final class Config {
  private final Path file;

  Config(Path file) {
    this.file = file;
  }

  /// A setting that is a text; empty where it is not there.
  Optional<String> text(String key) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode value = new TomlMapper().readTree(file).get(key);
      if (value == null) {
        return Optional.empty();
      }
      if (!value.isString()) {
        throw unfit(key + " must be a text in quotes");
      }
      return Optional.of(value.stringValue());
    } catch (JacksonException unreadable) {
      throw unfit(unreadable.getOriginalMessage());
    }
  }

  private Failure unfit(String why) {
    return new Failure(ExitCode.INVALID, "CONFIG", "cannot make use of " + file + ": " + why, "");
  }
}
