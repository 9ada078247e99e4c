package io.salvor.cli.backup;

import io.salvor.cli.text.Bytes;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Table;
import io.salvor.cli.text.Times;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupBundle;
import io.salvor.v1.BackupDrill;
import io.salvor.v1.BackupFile;
import io.salvor.v1.BackupTarget;
import io.salvor.v1.ListBackupsResponse;
import io.salvor.v1.RestoreReport;
import java.util.List;

/// Backups as a person reads them.
final class BackupText {
  private BackupText() {}

  /// @param keys whether each says which home's it is, as `--key` takes it
  static String list(ListBackupsResponse response, boolean keys, Times times) {
    var text = new StringBuilder();
    Table table = new Table("");
    for (Backup backup : response.getBackupsList()) {
      table.row(
          (keys ? backup.getKey() + "  " : "") + backup.getGeneration(),
          backup.getProblemsCount() == 0 ? "verified" : "DAMAGED",
          times.age(backup.getCreateTime()) + " ago",
          "record " + backup.getLastSeq() + onward(backup),
          count(backup.getTasks(), "task"),
          Bytes.format(bytes(backup)),
          Clean.line(backup.getHome()));
    }
    text.append(response.getBackupsCount() == 0 ? "no backups\n" : table.toString());
    for (String it : response.getQuarantineList()) {
      text.append("! kept aside: ").append(Clean.line(it)).append('\n');
    }
    text.append("in ").append(response.getDirectory()).append('\n');
    response.getTargetsList().forEach(it -> text.append(target(it, times)).append('\n'));
    return text.toString();
  }

  /// What the segments add.
  private static String onward(Backup backup) {
    return backup.getReachedSeq() > backup.getLastSeq()
        ? ", with segments " + backup.getReachedSeq()
        : "";
  }

  /// A place elsewhere, in one line.
  private static String target(BackupTarget target, Times times) {
    String there =
        target.getLastSeq() == 0
            ? "nothing there yet"
            : "up to record "
                + target.getLastSeq()
                + ", "
                + times.age(target.getReachedTime())
                + " ago";
    String trouble = target.getTrouble().isEmpty() ? "" : "\n! " + Clean.line(target.getTrouble());
    return "and in "
        + target.getName()
        + ", "
        + Clean.line(target.getAddress())
        + ": "
        + there
        + trouble;
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static long bytes(Backup backup) {
    return backup.getFilesList().stream().mapToLong(BackupFile::getBytes).sum();
  }

  static String one(Backup backup, Times times) {
    var text = new StringBuilder();
    text.append(backup.getGeneration()).append(backup.getProblemsCount() == 0 ? "" : "  DAMAGED");
    text.append('\n');
    Table table =
        new Table("  ")
            .row("made", times.date(backup.getCreateTime()) + ", by " + backup.getSalvorVersion())
            .row("home", Clean.line(backup.getHome()))
            .row("store", backup.getLineage() + ", epoch " + backup.getStoreEpoch())
            .row(
                "ends at",
                "record " + backup.getLastSeq() + onward(backup) + ", " + backup.getLastId())
            .row(
                "holds",
                count(backup.getTasks(), "task") + ", " + count(backup.getDocuments(), "text"))
            .row("state", backup.getStateHash())
            .row("size", Bytes.format(bytes(backup)));
    for (BackupBundle bundle : backup.getBundlesList()) {
      int refs = bundle.getRefCount() + bundle.getRefsCount();
      table.row("work", count(refs, "ref") + " of " + Clean.line(bundle.getProject()));
    }
    if (backup.getSealedSecrets() > 0) {
      table.row("secrets", count(backup.getSealedSecrets(), "file") + ", sealed with a passphrase");
    }
    if (backup.hasLastDrill()) {
      table.row("drill", drillLine(backup.getLastDrill()));
    }
    text.append(table);
    backup.getProblemsList().forEach(it -> text.append("  ! ").append(Clean.line(it)).append('\n'));
    text.append("not covered\n");
    lines(backup.getNotCoveredList(), text);
    return text.toString();
  }

  private static void lines(List<String> lines, StringBuilder text) {
    lines.forEach(it -> text.append("  ").append(Clean.line(it)).append('\n'));
  }

  private static String drillLine(BackupDrill drill) {
    return (drill.getPassed() ? "passed" : "FAILED")
        + (drill.getFrom().isEmpty()
            ? ""
            : ", fetched from "
                + Clean.line(drill.getFrom())
                + " in "
                + millis(drill.getFetchDuration()))
        + ", restored in "
        + millis(drill.getRestoreDuration())
        + ", served in "
        + millis(drill.getServeDuration());
  }

  private static String millis(com.google.protobuf.Duration duration) {
    return com.google.protobuf.util.Durations.toMillis(duration) + " ms";
  }

  static String drill(BackupDrill drill) {
    var text = new StringBuilder();
    text.append(drill.getGeneration()).append(": ").append(drillLine(drill)).append(", ");
    text.append(drill.getRecords()).append(" records, state ").append(drill.getStateHash());
    text.append('\n');
    drill.getProblemsList().forEach(it -> text.append("  ! ").append(Clean.line(it)).append('\n'));
    return text.toString();
  }

  /// What a restore will take and cost, line by line.
  static List<String> plan(RestoreReport report, Times times) {
    var lines = new java.util.ArrayList<String>();
    Backup backup = report.getBackup();
    lines.add(
        "takes "
            + backup.getGeneration()
            + ", "
            + times.age(backup.getCreateTime())
            + " old, "
            + (report.getSegments() == 0
                ? ""
                : "and what was recorded until "
                    + times.date(report.getReachedTime())
                    + " in "
                    + count(report.getSegments(), "segment")
                    + ", ")
            + "up to record "
            + report.getLastSeq());
    lines.add("into " + report.getHome() + ", whose store " + present(report.getPresent()));
    if (report.getLostCount() == 0) {
      lines.add("nothing is lost");
    } else {
      lines.add("not in it" + range(report) + ":");
      report.getLostList().forEach(it -> lines.add("  " + Clean.line(it)));
    }
    backup.getNotCoveredList().forEach(it -> lines.add("not covered: " + Clean.line(it)));
    return lines;
  }

  private static String present(String present) {
    return present.startsWith("ends") ? present : "is " + present;
  }

  private static String range(RestoreReport report) {
    return report.getLostLast() == 0
        ? ""
        : ", records " + report.getLostFirst() + " to " + report.getLostLast();
  }

  static String restored(RestoreReport report) {
    var text = new StringBuilder();
    text.append("restored ").append(report.getHome()).append(" from ");
    text.append(report.getBackup().getGeneration()).append(", up to record ");
    text.append(report.getLastSeq()).append("; its epoch is ").append(report.getStoreEpoch());
    text.append('\n');
    if (!report.getMovedTo().isEmpty()) {
      text.append("  the store before it is in ").append(report.getMovedTo()).append('\n');
    }
    if (!report.getBackedUpFirst().isEmpty()) {
      text.append("  and in the backup ").append(report.getBackedUpFirst()).append('\n');
    }
    report
        .getRefsBroughtBackList()
        .forEach(it -> text.append("  brought back ").append(Clean.line(it)).append('\n'));
    report.getNotesList().forEach(it -> text.append("  ! ").append(Clean.line(it)).append('\n'));
    return text.append("  next: salvor serve\n").toString();
  }
}
