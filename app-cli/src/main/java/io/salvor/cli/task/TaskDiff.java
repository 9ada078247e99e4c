package io.salvor.cli.task;

import io.salvor.cli.session.AgentBytes;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Numbers;
import io.salvor.cli.wire.Replies;
import io.salvor.cli.wire.RpcFailure;
import io.salvor.v1.DiffTaskRequest;
import io.salvor.v1.DiffTaskResponse;
import java.util.Optional;

/// Shows the work as a diff.
public final class TaskDiff extends OnTask {
  private final Word<Boolean> stat = words.flag("--stat", "only files and counts of lines");

  private final Word<Boolean> uncommitted =
      words.flag(
          "--uncommitted",
          "what is in the workspace and not committed, instead of what is since the base");

  private final Word<Integer> attempt =
      words.option(
          "--attempt",
          "N",
          Numbers::count,
          "what this attempt left, also where a later one began afresh");

  private final Word<Boolean> raw =
      words.flag("--raw", "every byte as it is, also what steers a terminal");

  public TaskDiff(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        DiffTaskRequest.newBuilder()
            .setName(name())
            .setStat(stat.or(false))
            .setUncommitted(uncommitted.or(false))
            .setAttempt(attempt.or(0))
            .build();
    var results = new Results(context());
    var bytes = new AgentBytes(context(), raw.or(false));
    try (Replies<DiffTaskResponse> replies = WorkDiff.ask(context(), request)) {
      Optional<DiffTaskResponse> reply = replies.next();
      while (reply.isPresent() && !results.unread()) {
        if (context().output() == Output.TEXT) {
          bytes.print(reply.get().getData().toByteArray());
        } else {
          results.showNext(reply.get(), () -> "");
        }
        reply = replies.next();
      }
    } catch (RpcFailure broken) {
      throw context().api().refused(broken);
    }
    return ExitCode.OK;
  }
}
