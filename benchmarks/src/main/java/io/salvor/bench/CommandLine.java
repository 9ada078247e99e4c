package io.salvor.bench;

import java.nio.file.Path;

/// `salvor --help` and `salvor status` from their start to their end, against a JVM that says
/// hello.
final class CommandLine implements Measurement {
  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    Path home = scratch.root().resolve("home");
    var help = new Samples();
    var status = new Samples();
    var bare = new Samples();
    try (var _ = ServerProcess.start(home)) {
      var launcher = new Launcher(home, scratch.root());
      launcher.succeed(Launcher.command("--help"));
      for (int i = 0; i < scale.pick(1, 15); i++) {
        bare.add(launcher.succeed(Launcher.hello()).millis());
        help.add(launcher.succeed(Launcher.command("--help")).millis());
        status.add(launcher.succeed(Launcher.command("status")).millis());
      }
    }
    report.ratio("salvor --help over a hello-world JVM", help.median(), bare.median(), "ms", "≤ 6");
    report.ratio(
        "salvor status over a hello-world JVM", status.median(), bare.median(), "ms", "≤ 6");
  }
}
