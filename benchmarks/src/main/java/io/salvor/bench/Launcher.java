package io.salvor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Runs `salvor` as a person does, in one home.
///
/// The command is the launcher that the property `salvor.launcher` names; without it the command
/// line's class, which then lacks what the launcher's build makes ready.
record Launcher(Path home, Path directory) {
  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xlog:disable");

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /// What came of a command.
  ///
  /// @param peakKib most that it held of physical memory, as far as was seen
  record Ran(double millis, long peakKib, int exit, String said) {}

  /// The words that start it.
  static List<String> command(String... words) {
    String launcher = System.getProperty("salvor.launcher", "");
    List<String> command = new ArrayList<>();
    if (launcher.isEmpty()) {
      command.addAll(java(System.getProperty("java.class.path"), "io.salvor.cli.Main"));
    } else {
      command.add(launcher);
    }
    command.addAll(List.of(words));
    return command;
  }

  /// A JVM that says hello.
  static List<String> hello() throws Exception {
    var classes = Hello.class.getProtectionDomain().getCodeSource().getLocation();
    return java(Path.of(classes.toURI()).toString(), Hello.class.getName());
  }

  private static List<String> java(String classPath, String main) {
    List<String> command = new ArrayList<>();
    command.add(Java.PROGRAM);
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", classPath, main));
    return command;
  }

  /// Runs it from its start to its end.
  Ran run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().put("SALVOR_HOME", home.toString());
    builder.environment().put("SALVOR_BACKUPS", home.resolveSibling("backups").toString());
    builder.environment().putAll(environment);
    long began = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    var peak = CompletableFuture.supplyAsync(() -> peakKib(process));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    double millis = (System.nanoTime() - began) / 1e6;
    return new Ran(millis, peak.join(), exit, said);
  }

  /// The same, where nothing else than success will do.
  Ran succeed(List<String> command) throws IOException, InterruptedException {
    Ran ran = run(command, Map.of());
    if (ran.exit() != 0) {
      throw new IllegalStateException(command + ": " + ran.said());
    }
    return ran;
  }

  /// The kernel keeps the most that a process held until it has ended.
  private static long peakKib(Process process) {
    long peak = 0;
    while (process.isAlive()) {
      OptionalLong now = highWater(Path.of("/proc", Long.toString(process.pid()), "status"));
      peak = Math.max(peak, now.orElse(0));
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return peak;
  }

  private static OptionalLong highWater(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }
}
