package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.Task;
import io.salvor.v1.UnfreezeInstanceRequest;
import io.salvor.v1.UnfreezeInstanceResponse;
import java.util.UUID;
import java.util.stream.Collectors;

/// Lets attempts begin again.
public final class UnfreezeCommand extends SalvorCommand {
  private final Word<String> reason = words.option("--reason", "TEXT", "kept in the record");

  public UnfreezeCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        UnfreezeInstanceRequest.newBuilder()
            .setReason(reason.or(""))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    UnfreezeInstanceResponse answer =
        context().api().call(InstanceServiceGrpc.getUnfreezeInstanceMethod(), request);
    new Results(context()).show(answer, () -> text(answer));
    return ExitCode.OK;
  }

  private static String text(UnfreezeInstanceResponse answer) {
    if (answer.getPausedTasksCount() == 0) {
      return "attempts begin again\n";
    }
    String ids =
        answer.getPausedTasksList().stream()
            .map(Task::getDisplayId)
            .collect(Collectors.joining(" "));
    return "attempts begin again; "
        + answer.getPausedTasksCount()
        + " tasks rest since the freeze:\n  salvor task resume "
        + ids
        + "\n";
  }
}
