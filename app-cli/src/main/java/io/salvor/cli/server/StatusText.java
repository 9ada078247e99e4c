package io.salvor.cli.server;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Table;
import io.salvor.cli.text.Times;
import io.salvor.v1.Addresses;
import io.salvor.v1.InstanceStatus;
import io.salvor.v1.OpenAttempt;
import io.salvor.v1.StateCount;
import java.util.ArrayList;
import java.util.List;

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
        + addresses(status.getAddresses());
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
    text.append("  home    ").append(status.getHome()).append('\n');
    text.append(addresses(status.getAddresses()));
    if (status.getTasksCount() == 0) {
      text.append("no tasks\n");
    } else {
      text.append("tasks\n").append(tasks(status.getTasksList(), times));
    }
    text.append(status.getOpenAttemptsCount()).append(" of ").append(status.getMaxConcurrent());
    text.append(" attempts open\n").append(attempts(status.getOpenAttemptsList()));
    return text.toString();
  }

  private static String addresses(Addresses addresses) {
    Table table = new Table("  ");
    if (!addresses.getSocket().isEmpty()) {
      table.row("socket", addresses.getSocket());
    }
    if (!addresses.getGrpc().isEmpty()) {
      table.row("grpc", addresses.getGrpc());
    }
    if (!addresses.getHttp().isEmpty()) {
      table.row("http", addresses.getHttp());
    }
    return table.toString();
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
