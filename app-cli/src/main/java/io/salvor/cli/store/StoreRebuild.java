package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Table;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.ProjectionState;
import io.salvor.v1.RebuildStoreRequest;
import io.salvor.v1.RebuildStoreResponse;
import java.time.Duration;

/// Folds all records anew into the tables derived from them.
public final class StoreRebuild extends SalvorCommand {
  private static final Duration LONG = Duration.ofHours(6);

  private final Word<Boolean> check =
      words.flag("--check", "only compare, and exit 1 where they differ");

  public StoreRebuild(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    RebuildStoreResponse answer =
        context()
            .api()
            .call(
                InstanceServiceGrpc.getRebuildStoreMethod(),
                RebuildStoreRequest.newBuilder().setCheck(check.or(false)).build(),
                LONG);
    new Results(context()).show(answer, () -> text(answer));
    boolean well = answer.getChainIntact() && (answer.getConsistent() || !check.or(false));
    return well ? ExitCode.OK : ExitCode.FAILURE;
  }

  private String text(RebuildStoreResponse answer) {
    String chain = answer.getChainIntact() ? "the chain holds" : "THE CHAIN IS BROKEN";
    var text = new StringBuilder();
    text.append(answer.getRecords()).append(" records, ").append(chain).append('\n');
    Table table = new Table("  ");
    for (ProjectionState projection : answer.getProjectionsList()) {
      String found =
          projection.getConsistent()
              ? "as the records say"
              : check.or(false) ? "DIFFERS" : "differed, mended";
      table.row(projection.getName(), projection.getRows() + " rows", found);
    }
    return text.append(table).toString();
  }
}
