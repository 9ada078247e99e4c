package io.salvor.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What `salvor task list --watch` writes to a terminal of 120 × 40 in a second: where nothing
/// happens, and while agents work. Needs `script` of util-linux.
final class LiveView implements Measurement {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final byte CTRL_C = 3;

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    if (!Files.isExecutable(SCRIPT)) {
      report.plain("live view (no " + SCRIPT + " here)", 0, "B/s", "");
      return;
    }
    var project = GitProject.make(scratch.folder("project"), 20);
    var launcher = new Launcher(scratch.root().resolve("home"), project.root());
    int seconds = scale.pick(2, 20);
    try (var _ = ServerProcess.start(launcher.home())) {
      for (int i = 0; i < scale.pick(5, 40); i++) {
        add(launcher, "task " + i, "true");
      }
      Written idle = watch(launcher, seconds);
      report.plain("live list of 40 tasks, first picture", idle.first(), "B", "");
      report.plain("live list of 40 tasks at rest", idle.perSecond(), "B/s", "");
      for (int i = 0; i < 4; i++) {
        add(launcher, "work " + i, "sleep " + 3 * seconds, "--dispatch");
      }
      Written busy = watch(launcher, seconds);
      report.plain("live list of 40 tasks, 4 just begun", busy.perSecond(), "B/s", "≤ 2,000 B/s");
      launcher.succeed(Launcher.command("stop", "--cancel"));
    }
  }

  private static void add(Launcher launcher, String title, String agent, String... more)
      throws Exception {
    List<String> command = Launcher.command("task", "add", title);
    command.addAll(List.of(more));
    command.addAll(List.of("--agent", "command", "--", "sh", "-c", agent));
    launcher.succeed(command);
  }

  /// @param first bytes of the first second, in which the picture is drawn
  private record Written(double first, double perSecond) {}

  private static Written watch(Launcher launcher, int seconds)
      throws IOException, InterruptedException {
    String salvor = String.join(" ", Launcher.command("task", "list", "--watch"));
    var builder =
        new ProcessBuilder(
            SCRIPT.toString(),
            "-qefc",
            "stty cols 120 rows 40; exec env --default-signal=INT " + salvor,
            "/dev/null");
    builder.directory(launcher.directory().toFile()).redirectErrorStream(true);
    builder.environment().put("SALVOR_HOME", launcher.home().toString());
    builder
        .environment()
        .put("SALVOR_BACKUPS", launcher.home().resolveSibling("backups").toString());
    builder.environment().put("TERM", "xterm-256color");
    Process process = builder.start();
    try (InputStream in = process.getInputStream()) {
      int begun = in.read();
      long first = read(in, 1) + (begun < 0 ? 0 : 1);
      long then = read(in, seconds);
      process.getOutputStream().write(CTRL_C);
      process.getOutputStream().flush();
      in.transferTo(java.io.OutputStream.nullOutputStream());
      process.waitFor();
      return new Written(first, (double) then / seconds);
    }
  }

  /// What comes within so many seconds.
  private static long read(InputStream in, int seconds) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long count = 0;
    while (System.nanoTime() < end) {
      int there = in.available();
      count += in.readNBytes(there).length;
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return count;
  }
}
