package io.salvor.cli.server;

import io.salvor.cli.text.Bytes;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Table;
import io.salvor.cli.text.Times;
import io.salvor.v1.Addresses;
import io.salvor.v1.HostMemory;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.OpenAttempt;
import io.salvor.v1.ProcessMemory;
import io.salvor.v1.StateCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A server's state as a person reads it.
final class StatusText {
  private StatusText() {}

  /// One sentence after a start.
  static String serving(InstanceStatus status, String how) {
    return "salvor "
        + status.getVersion()
        + " "
        + how
        + " (pid "
        + status.getPid()
        + ") in "
        + status.getHome()
        + "\n"
        + addresses(new Table("  "), status.getAddresses());
  }

  private static Table about(InstanceStatus status, Times times) {
    Table table = new Table("  ").row("home", status.getHome());
    addresses(table, status.getAddresses());
    if (status.hasMemory()) {
      table.row("memory", memory(status.getMemory()));
    }
    if (status.hasProcessMemory()) {
      table.row("process", process(status.getProcessMemory()));
    }
    String backup =
        status.hasVerifiedBackupTime()
            ? "verified " + times.age(status.getVerifiedBackupTime()) + " ago"
            : "never";
    return table.row("backup", backup);
  }

  private static String memory(HostMemory memory) {
    String stalled =
        memory.hasStalledPercent()
            ? String.format(Locale.ROOT, ", stalled %.1f %%", memory.getStalledPercent())
            : "";
    return memory.getBand()
        + ", "
        + Bytes.format(memory.getAvailableBytes())
        + " of "
        + Bytes.format(memory.getTotalBytes())
        + " available"
        + stalled;
  }

  private static String process(ProcessMemory memory) {
    return Bytes.format(memory.getResidentBytes())
        + " resident, heap "
        + Bytes.format(memory.getHeapBytes())
        + " of at most "
        + Bytes.format(memory.getMaxHeapBytes());
  }

  /// All of it.
  static String full(InstanceStatus status, Times times) {
    var text = new StringBuilder();
    text.append(status.getHealthy() ? "ok" : "not well");
    text.append("  salvor ").append(status.getVersion());
    text.append(", up ").append(Times.between(status.getStartTime(), status.getStatusTime()));
    text.append(", pid ").append(status.getPid());
    text.append(", ").append(status.getRecords()).append(" records");
    text.append(status.getDraining() ? ", draining\n" : "\n");
    status
        .getProblemsList()
        .forEach(problem -> text.append("  ! ").append(Clean.line(problem)).append('\n'));
    if (status.hasFreeze()) {
      text.append("  ").append(FreezeText.line(status.getFreeze(), times));
    }
    text.append(about(status, times));
    if (status.getTasksCount() == 0) {
      text.append("no tasks\n");
    } else {
      text.append("tasks\n").append(tasks(status.getTasksList(), times));
    }
    text.append(status.getOpenAttemptsCount()).append(" of ").append(status.getMaxConcurrent());
    text.append(" attempts open\n").append(attempts(status.getOpenAttemptsList()));
    return text.toString();
  }

  private static Table addresses(Table table, Addresses addresses) {
    if (!addresses.getSocket().isEmpty()) {
      table.row("socket", addresses.getSocket());
    }
    if (!addresses.getGrpc().isEmpty()) {
      table.row("grpc", addresses.getGrpc());
    }
    if (!addresses.getHttp().isEmpty()) {
      table.row("http", addresses.getHttp());
    }
    return table;
  }

  private static String tasks(List<StateCount> counts, Times times) {
    Table table = new Table("  ");
    for (StateCount count : counts) {
      table.row(
          count.getState().name(),
          Integer.toString(count.getCount()),
          count.hasOldestTime() ? "for up to " + times.age(count.getOldestTime()) : "");
    }
    return table.toString();
  }

  /// One line for each.
  static String attempts(List<OpenAttempt> attempts) {
    Table table = new Table("  ");
    for (OpenAttempt attempt : attempts) {
      List<String> cells = new ArrayList<>();
      cells.add(attempt.getDisplayId() + "/" + attempt.getNumber());
      cells.add(attempt.getTaskState().name());
      cells.add(attempt.getAgent());
      cells.add(attempt.getPid() == 0 ? "no process" : "pid " + attempt.getPid());
      cells.add(Clean.line(attempt.getTitle(), 80));
      table.row(cells.toArray(String[]::new));
    }
    return table.toString();
  }
}
