package io.salvor.bench;

import io.salvor.v1.BackupServiceGrpc;
import io.salvor.v1.CreateBackupRequest;
import java.nio.file.Path;

/// Durable appends over the Unix socket while a backup of a long history is made, against the same
/// without.
final class BusyBackup implements Measurement {
  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    Path home = scratch.root().resolve("home");
    Path project = GitProject.make(scratch.folder("project"), 1).root();
    long records = ClosedTasks.fill(home, scale.records()).records();
    try (var server = QuietServer.start(home)) {
      var load = CommentLoad.on(server.client(), project);
      int portion = scale.pick(64, 2_000);
      var _ = load.perSecond(scale.pick(64, 30_000));
      var without = new Samples();
      var during = new Samples();
      for (int i = 0; i < scale.turns(); i++) {
        without.add(load.perSecond(scale.pick(64, 20_000)));
        var backup =
            server
                .client()
                .call(
                    BackupServiceGrpc.getCreateBackupMethod(),
                    CreateBackupRequest.getDefaultInstance());
        during.add(load.perSecondDuring(backup, portion));
        if (backup.get().getUnchanged()) {
          throw new IllegalStateException("there was nothing new to back up");
        }
      }
      report.ratio(
          "appends, 64 in flight, while a backup of %,d records is made, over without"
              .formatted(records),
          during.median(),
          without.median(),
          "/s",
          "");
    }
  }
}
