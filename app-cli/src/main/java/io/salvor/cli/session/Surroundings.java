package io.salvor.cli.session;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a command runs. Tests give it other ones.
///
/// @param directory where it was called
/// @param inIsTerminal whether a person can answer on `in`
/// @param outIsTerminal whether a person looks at `out`
/// @param errIsTerminal whether a person looks at `err`
public record Surroundings(
    Map<String, String> environment,
    Path directory,
    InputStream in,
    Printer out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    InstantSource clock,
    Supplier<ZoneId> zoneInUse) {

  /// Those of this process. Its output is UTF-8, whatever the locale says.
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        System.in,
        printer(FileDescriptor.out, 1),
        printer(FileDescriptor.err, 2),
        isTerminal(0),
        isTerminal(1),
        isTerminal(2),
        InstantSource.system(),
        ZoneId::systemDefault);
  }

  /// The zone that times are shown in. To find it takes a while, so that it is only looked for
  /// where it is needed.
  public ZoneId zone() {
    return zoneInUse.get();
  }

  /// A variable that is set and not empty.
  public Optional<String> variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /// Whether to use colour on `out`.
  public boolean colour() {
    return outIsTerminal && variable("NO_COLOR").isEmpty() && !isDumb();
  }

  /// Whether the terminal can only be written to line by line.
  public boolean isDumb() {
    return variable("TERM").equals(Optional.of("dumb"));
  }

  /// Of a pipe it is known what it means that nothing can be written, in whatever language the
  /// system says so.
  private static Printer printer(FileDescriptor descriptor, int number) {
    boolean pipe = target(number).filter(it -> it.matches("(pipe|socket):.*")).isPresent();
    return new Printer(new FileOutputStream(descriptor), pipe);
  }

  private static boolean isTerminal(int descriptor) {
    return target(descriptor)
        .map(it -> it.startsWith("/dev/pts/") || it.startsWith("/dev/tty"))
        .orElseGet(
            () -> Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false));
  }

  /// What a descriptor is; known on Linux alone.
  private static Optional<String> target(int descriptor) {
    try {
      Path link = Path.of("/proc/self/fd/" + descriptor);
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
