package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Clean;
import io.salvor.v1.DoctorReport;
import io.salvor.v1.Finding;
import java.io.IOException;
import java.util.List;

/// Looks at everything that a server needs, with a server and without. Exits 0 where all is well, 1
/// where something should be looked after, 2 where something does not work.
public final class DoctorCommand extends SalvorCommand {
  private final Word<Boolean> fix = words.flag("--fix", "mend what can be mended without loss");

  private final Word<Boolean> all = words.flag("--all", "show what is well too");

  public DoctorCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    DoctorReport report =
        new OfflineProgram(context())
            .care(
                DoctorReport.getDefaultInstance(),
                fix.or(false) ? List.of("doctor", "--fix") : List.of("doctor"));
    new Results(context()).show(report, () -> text(report));
    return switch (report.getWorst()) {
      case FAIL -> ExitCode.USAGE;
      case WARN -> ExitCode.FAILURE;
      case PASS, LEVEL_UNSPECIFIED, UNRECOGNIZED -> ExitCode.OK;
    };
  }

  private String text(DoctorReport report) {
    var text = new StringBuilder();
    int well = 0;
    for (Finding it : report.getFindingsList()) {
      boolean pass = it.getLevel() == Finding.Level.PASS;
      well += pass ? 1 : 0;
      if (pass && !all.or(false)) {
        continue;
      }
      text.append(it.getFixed() ? "FIXED" : it.getLevel().name());
      text.append("  ")
          .append(it.getCheck())
          .append(": ")
          .append(Clean.line(it.getSummary()))
          .append('\n');
      if (!pass && !it.getFixed() && !it.getCommand().isEmpty()) {
        text.append("      try: ").append(it.getCommand());
        text.append(it.getFixable() ? "  (or salvor doctor --fix)" : "").append('\n');
      }
    }
    return text.append(well)
        .append(" of ")
        .append(report.getFindingsCount())
        .append(" findings are well\n")
        .toString();
  }
}
