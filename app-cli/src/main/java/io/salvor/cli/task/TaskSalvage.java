package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Clean;
import io.salvor.cli.wire.Replies;
import io.salvor.cli.wire.RpcFailure;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.DiffTaskResponse;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.SalvageTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.Optional;

/// Saves what a dead agent left, without any agent: shows it, has the gates run on it, has it
/// committed where they pass, and hands it in for a review.
public final class TaskSalvage extends SalvorCommand {
  private final Word<String> task = words.task();

  private final Word<Boolean> dryRun =
      words.flag("--dry-run", "only show what is there and would be saved");

  private final Word<String> summary =
      words.option("--summary", "TEXT", "what was done, for the reviewer and the commit");

  private final Word<String> domain =
      words.option(
          "--domain", "NAME", "field of competence that it belongs to (default: the task's)");

  public TaskSalvage(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    String name = task.said().orElseThrow();
    showWhatIsLeft(name);
    if (dryRun.or(false)) {
      Task found =
          context()
              .api()
              .call(
                  TaskServiceGrpc.getGetTaskMethod(),
                  GetTaskRequest.newBuilder().setName(name).build());
      context().err().println("gates that would run on it:");
      if (found.getGatesCount() == 0) {
        context().err().println("  none");
      }
      found.getGatesList().forEach(gate -> context().err().println("  " + Clean.line(gate)));
      return new TaskReport(context()).line(found);
    }
    var request = SalvageTaskRequest.newBuilder().setName(name).setRequestId(OnTasks.requestId());
    request.setSummary(summary.or("")).setDomain(domain.or(""));
    Task begun = context().api().call(TaskServiceGrpc.getSalvageTaskMethod(), request.build());
    return new TaskReport(context()).afterGates(begun);
  }

  /// What is in commits, and what is not yet; on standard error, so that a program gets the task
  /// alone.
  private void showWhatIsLeft(String name) {
    try {
      show("committed since the base:", name, false);
      show("left uncommitted:", name, true);
    } catch (RpcFailure broken) {
      Failure failure = context().api().refused(broken);
      if (dryRun.or(false) || !failure.reason().equals("DEADLINE_EXCEEDED")) {
        throw failure;
      }
      context().err().println("it took too long to look at what is there; it is saved unseen");
    }
  }

  private void show(String title, String name, boolean uncommitted) {
    var request =
        DiffTaskRequest.newBuilder()
            .setName(name)
            .setStat(true)
            .setUncommitted(uncommitted)
            .build();
    var text = new StringBuilder();
    try (Replies<DiffTaskResponse> replies = WorkDiff.ask(context(), request)) {
      Optional<DiffTaskResponse> reply = replies.next();
      while (reply.isPresent()) {
        text.append(reply.get().getData().toStringUtf8());
        reply = replies.next();
      }
    }
    context().err().println(title);
    context().err().println(text.isEmpty() ? "  nothing" : text.toString().stripTrailing());
  }
}
