package io.salvor.cli.store;

import io.salvor.cli.text.Bytes;
import io.salvor.cli.text.Clean;
import io.salvor.v1.StoreCheck;
import io.salvor.v1.StorePart;
import io.salvor.v1.StoreRepair;
import java.util.ArrayList;
import java.util.List;

/// What is found out and done about a store, as a person reads it.
final class StoreText {
  private StoreText() {}

  static String check(StoreCheck check) {
    if (check.getSound()) {
      return check.getRecords() == 0
          ? "there is no record yet\n"
          : "sound: "
              + check.getRecords()
              + " records and "
              + check.getTasks()
              + (check.getTasks() == 1 ? " task" : " tasks")
              + ", as they were written\n"
              + archive(check);
    }
    var text = new StringBuilder("DAMAGED: " + check.getHome() + "\n");
    check.getProblemsList().forEach(it -> text.append("  ! ").append(Clean.line(it)).append('\n'));
    return text.append("try: ").append(check.getCommand()).append('\n').toString();
  }

  private static String archive(StoreCheck check) {
    return check.getArchivedRecords() == 0
        ? ""
        : "  archived: records 1 to "
            + check.getArchivedRecords()
            + ", in "
            + Bytes.format(check.getArchiveBytes())
            + "\n";
  }

  static List<String> plan(StoreRepair plan) {
    var lines = new ArrayList<String>();
    if (plan.getProblemsCount() == 0) {
      return List.of("the store is sound; there is nothing to repair");
    }
    lines.add("the store of " + plan.getHome() + " is damaged:");
    plan.getProblemsList().forEach(it -> lines.add("  ! " + Clean.line(it)));
    if (plan.getOnlyTables()) {
      lines.add("its records hold; what is folded from them is made anew");
      return lines;
    }
    lines.add("a new one is made, up to record " + plan.getLastSeq() + ", of");
    for (StorePart part : plan.getPartsList()) {
      lines.add(
          "  " + part.getFrom() + ": records " + part.getFirstSeq() + " to " + part.getLastSeq());
    }
    lines.add(plan.getLostCount() == 0 ? "nothing is lost" : "not in it:");
    plan.getLostList().forEach(it -> lines.add("  " + Clean.line(it)));
    return lines;
  }

  static String repaired(StoreRepair done) {
    var text =
        new StringBuilder("repaired " + done.getHome() + ", up to record " + done.getLastSeq());
    if (done.getStoreEpoch() > 0) {
      text.append("; its epoch is ").append(done.getStoreEpoch());
    }
    text.append('\n');
    if (!done.getMovedTo().isEmpty()) {
      text.append("  the damaged store is in ").append(done.getMovedTo()).append('\n');
    }
    done.getNotesList().forEach(it -> text.append("  ").append(Clean.line(it)).append('\n'));
    return text.append("  next: salvor serve\n").toString();
  }
}
