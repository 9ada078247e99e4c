package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.InstanceServiceGrpc;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StopServerRequest.Mode;
import io.salvor.v1.StopServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Ends the server. Agents run on unless it is told otherwise.
public final class Stop extends SalvorCommand {
  private final Word<Boolean> drain =
      words.flag("--drain", "start nothing new, and end with the last agent");
  private final Word<Boolean> cancel =
      words.flag("--cancel", "cancel the tasks that are being worked on first");

  public Stop(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    if (drain.or(false) && cancel.or(false)) {
      throw new Failure(
          ExitCode.USAGE,
          "USAGE",
          "--drain and --cancel are mutually exclusive",
          "salvor stop --help");
    }
    Mode mode =
        drain.or(false) ? Mode.DRAIN : cancel.or(false) ? Mode.CANCEL : Mode.MODE_UNSPECIFIED;
    Optional<StopServerResponse> answer = ask(mode);
    if (answer.isEmpty()) {
      answer = Optional.of(end(LockHolder.find(context().home())));
    }
    StopServerResponse stopped = answer.get();
    new Results(context()).show(stopped, () -> text(stopped, mode));
    context().out().flush();
    if (stopped.getPid() != 0 && context().server().isEmpty()) {
      ServerEnd.await(
          stopped.getPid(),
          mode == Mode.MODE_UNSPECIFIED ? Optional.of(ServerEnd.PATIENCE) : Optional.empty(),
          "look into " + context().home().logs());
    }
    return ExitCode.OK;
  }

  /// Asks over the socket; empty where nobody answers there and a signal does as well, or where no
  /// server runs.
  private Optional<StopServerResponse> ask(Mode mode) throws IOException {
    try {
      return Optional.of(
          context()
              .api()
              .call(
                  InstanceServiceGrpc.getStopServerMethod(),
                  StopServerRequest.newBuilder().setMode(mode).build()));
    } catch (Failure failure) {
      if (context().server().isPresent()) {
        throw failure;
      }
      Optional<Long> holder = LockHolder.find(context().home());
      if (holder.isPresent() && failure.reason().equals("DEADLINE_EXCEEDED")) {
        throw hangs(failure, holder.get());
      }
      if (failure.exit() != ExitCode.UNAVAILABLE) {
        throw failure;
      }
      if (holder.isPresent() && mode != Mode.MODE_UNSPECIFIED) {
        throw failure.reason().equals("NO_SERVER") ? untold(failure, holder.get(), mode) : failure;
      }
      return Optional.empty();
    }
  }

  /// A signal says no more than that the server is to end.
  private static Failure untold(Failure nobody, long pid, Mode mode) {
    String wish = mode == Mode.CANCEL ? "--cancel" : "--drain";
    return new Failure(
        ExitCode.WRONG_STATE,
        "NOT_TOLD",
        "the server (pid " + pid + ") cannot be told " + wish + ", and goes on as before",
        List.of(nobody.what() + ", although it runs"),
        "salvor stop  (agents run on), then salvor serve and salvor stop " + wish);
  }

  private static Failure hangs(Failure late, long pid) {
    return new Failure(
        late.exit(),
        late.reason(),
        "the server (pid " + pid + ") did not answer in time",
        "kill "
            + pid
            + ", or kill -9 "
            + pid
            + " where that does nothing: agents run on, the next server takes them over");
  }

  private static StopServerResponse end(Optional<Long> holder) {
    holder.flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroy);
    return StopServerResponse.newBuilder().setPid(holder.orElse(0L)).build();
  }

  private String text(StopServerResponse stopped, Mode mode) {
    if (stopped.getPid() == 0) {
      return "no server is running in " + context().home().directory() + "\n";
    }
    var text = new StringBuilder("the server (pid " + stopped.getPid() + ") ends\n");
    if (stopped.getOpenAttemptsCount() > 0) {
      text.append(
          switch (mode) {
            case DRAIN -> "it waits for these agents:\n";
            case CANCEL -> "it ends these agents, and keeps their work:\n";
            case MODE_UNSPECIFIED, UNRECOGNIZED ->
                "these agents run on; the next server takes them over:\n";
          });
      text.append(StatusText.attempts(stopped.getOpenAttemptsList()));
    }
    return text.toString();
  }
}
