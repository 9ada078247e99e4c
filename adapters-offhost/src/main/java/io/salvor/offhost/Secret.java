package io.salvor.offhost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where a secret is to be had. The secret itself is read when it is needed, and kept nowhere.
public sealed interface Secret {
  /// From a variable of the environment.
  record Variable(String name) implements Secret {}

  /// From a file with nothing else in it.
  record File(Path path) implements Secret {}

  /// Reads it.
  ///
  /// @throws RemoteFailed where there is none
  default String read(Map<String, String> environment) {
    String found =
        switch (this) {
          case Variable(var name) -> environment.getOrDefault(name, "");
          case File(var path) -> content(path);
        };
    if (found.isBlank()) {
      throw missing(new IllegalStateException("no secret"));
    }
    return found.strip();
  }

  private String content(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw missing(e);
    }
  }

  private RemoteFailed missing(Exception cause) {
    return switch (this) {
      case Variable(var name) ->
          RemoteFailed.lasting(name + " is not set", "set it where salvor is started", cause);
      case File(var path) ->
          RemoteFailed.lasting(
              path + " cannot be read or is empty", "write the secret into it, chmod 600", cause);
    };
  }
}
