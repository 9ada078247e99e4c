package io.salvor.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Whether a start or an append gets slower with history: the same with a hundredth of it, a tenth,
/// and all.
final class Growth implements Measurement {
  private record Sized(Path home, long records, Samples start, Samples appends) {}

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    Path project = GitProject.make(scratch.folder("project"), 1).root();
    List<Sized> all = new ArrayList<>();
    for (int part : new int[] {100, 10, 1}) {
      Path home = QuietServer.quiet(scratch.root().resolve("home-" + part));
      long records = ClosedTasks.fill(home, Math.max(1, scale.records() / part)).records();
      all.add(new Sized(home, records, new Samples(), new Samples()));
    }
    for (int i = 0; i < scale.turns(); i++) {
      for (Sized it : all) {
        start(it);
      }
    }
    for (int i = 0; i < scale.turns(); i++) {
      for (Sized it : all) {
        append(it, project, scale);
      }
    }
    Sized least = all.getFirst();
    for (Sized it : all.subList(1, all.size())) {
      String figure = "with %,d records, over %,d".formatted(it.records(), least.records());
      report.ratio(
          "start-up " + figure, it.start().median(), least.start().median(), "ms", "≤ 1.2");
      report.ratio(
          "appends, 64 in flight, " + figure,
          it.appends().median(),
          least.appends().median(),
          "/s",
          "≥ 0.8");
    }
  }

  private static void start(Sized sized) throws Exception {
    try (var server = ServerProcess.start(sized.home())) {
      sized.start().add(server.startMillis());
    }
  }

  private static void append(Sized sized, Path project, Scale scale) throws Exception {
    try (var server = QuietServer.start(sized.home())) {
      var load = CommentLoad.on(server.client(), project);
      var _ = load.perSecond(scale.pick(64, 2_000));
      sized.appends().add(load.perSecond(scale.pick(64, 4_000)));
    }
  }
}
