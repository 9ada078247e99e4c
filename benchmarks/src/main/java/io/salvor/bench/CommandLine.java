package io.salvor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `salvor --help` and `salvor status` from their start to their end, against a JVM that says
/// hello.
///
/// The command is the launcher that the property `salvor.launcher` names; without it the command
/// line's class, which then lacks what the launcher's build makes ready.
final class CommandLine implements Measurement {
  private static final List<String> FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xlog:disable");

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    Path home = scratch.root().resolve("home");
    List<String> hello = java(ownClasses(), Hello.class.getName());
    var help = new Samples();
    var status = new Samples();
    var bare = new Samples();
    try (var _ = ServerProcess.start(home)) {
      millis(home, salvor("--help"));
      for (int i = 0; i < scale.pick(1, 15); i++) {
        bare.add(millis(home, hello));
        help.add(millis(home, salvor("--help")));
        status.add(millis(home, salvor("status")));
      }
    }
    report.ratio("salvor --help over a hello-world JVM", help.median(), bare.median(), "ms", "≤ 6");
    report.ratio(
        "salvor status over a hello-world JVM", status.median(), bare.median(), "ms", "≤ 6");
  }

  private static List<String> salvor(String word) {
    String launcher = System.getProperty("salvor.launcher", "");
    return launcher.isEmpty()
        ? java(System.getProperty("java.class.path"), "io.salvor.cli.Main", word)
        : List.of(launcher, word);
  }

  private static List<String> java(String classPath, String... words) {
    var command = new ArrayList<String>();
    command.add(Java.PROGRAM);
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(words));
    return command;
  }

  private static String ownClasses() throws Exception {
    return Path.of(Hello.class.getProtectionDomain().getCodeSource().getLocation().toURI())
        .toString();
  }

  private static double millis(Path home, List<String> command)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(home.toFile());
    builder.environment().put("SALVOR_HOME", home.toString());
    long began = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    double millis = (System.nanoTime() - began) / 1e6;
    if (exit != 0) {
      throw new IllegalStateException(command + ": " + said);
    }
    return millis;
  }
}
