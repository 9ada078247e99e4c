package io.salvor.bench;

import io.salvor.bench.Launcher.Ran;
import java.util.List;

/// `salvor task list` of 10,000 tasks, page by page: time and the most memory that the command
/// holds, against a list of one page.
final class LongList implements Measurement {
  private static final int RECORDS_OF_A_TASK = 20;
  private static final int PAGE = 100;

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    int tasks = scale.pick(50, 10_000, 100_000);
    var launcher = new Launcher(scratch.root().resolve("home"), scratch.root());
    var filled = ClosedTasks.fill(launcher.home(), (long) RECORDS_OF_A_TASK * tasks);
    try (var _ = ServerProcess.start(launcher.home())) {
      for (String form : List.of("text", "json", "jsonl")) {
        form(form, filled.tasks(), scale.pick(1, 7), launcher, report);
      }
      filtered(filled.tasks(), scale.pick(1, 7), launcher, report);
    }
  }

  private static void form(String form, int tasks, int turns, Launcher launcher, Report report)
      throws Exception {
    var all = new Taken();
    var page = new Taken();
    for (int i = 0; i < turns; i++) {
      all.add(launcher.succeed(Launcher.command("task", "list", "-o", form)));
      page.add(
          launcher.succeed(
              Launcher.command("task", "list", "-o", form, "--limit", Integer.toString(PAGE))));
    }
    String what = "task list of %,d tasks as %s".formatted(tasks, form);
    report.ratio(what + " over one page", all.millis.median(), page.millis.median(), "ms", "");
    report.ratio(
        what + ", memory over one page",
        all.mebibytes.median(),
        page.mebibytes.median(),
        "MiB",
        "≤ 1.5");
  }

  private static void filtered(int tasks, int turns, Launcher launcher, Report report)
      throws Exception {
    var byStore = new Taken();
    var byTask = new Taken();
    for (int i = 0; i < turns; i++) {
      byStore.add(
          launcher.succeed(Launcher.command("task", "list", "--filter", "state=FAILED since=2h")));
      byTask.add(
          launcher.succeed(Launcher.command("task", "list", "--filter", "reason=oom_killed")));
    }
    report.ratio(
        "nothing found among %,d tasks by looking at each, over by the store".formatted(tasks),
        byTask.millis.median(),
        byStore.millis.median(),
        "ms",
        "");
  }

  private static final class Taken {
    private final Samples millis = new Samples();
    private final Samples mebibytes = new Samples();

    void add(Ran ran) {
      millis.add(ran.millis());
      mebibytes.add(ran.peakKib() / 1024.0);
    }
  }
}
