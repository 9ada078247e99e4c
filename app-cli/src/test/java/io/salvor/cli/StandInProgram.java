package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A script in the place of the server's program, where a launcher would have said that one lies.
final class StandInProgram implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("salvor.server.lib", "salvor.version.dir", "salvor.java");

  private final Path directory;

  StandInProgram(Path directory) {
    this.directory = directory;
  }

  void says(String script) throws IOException {
    Path program = directory.resolve("java");
    Files.writeString(program, "#!/bin/sh\n" + script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    PLACES.forEach(place -> System.setProperty(place, directory.toString()));
    System.setProperty("salvor.java", program.toString());
  }

  @Override
  public void close() {
    PLACES.forEach(System::clearProperty);
  }
}
