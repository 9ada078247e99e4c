package io.salvor.cli.server;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Times;
import io.salvor.v1.Freeze;
import io.salvor.v1.FreezeInstanceRequest;
import io.salvor.v1.FreezeInstanceResponse;
import io.salvor.v1.InstanceServiceGrpc;
import java.util.Locale;
import java.util.UUID;

/// Lets no attempt begin until it is unfrozen.
public final class FreezeCommand extends SalvorCommand {
  private final Word<Freeze.Level> level =
      words.option(
          "--level",
          "LEVEL",
          FreezeCommand::levelOf,
          "soft (default): what runs, runs on; hard: agents are ended and their work is kept");

  private final Word<String> reason =
      words.option("--reason", "TEXT", "kept in the record, and shown to all that wait");

  public FreezeCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request =
        FreezeInstanceRequest.newBuilder()
            .setLevel(level.or(Freeze.Level.SOFT))
            .setReason(reason.or(""))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    FreezeInstanceResponse answer =
        context().api().call(InstanceServiceGrpc.getFreezeInstanceMethod(), request);
    new Results(context()).show(answer, () -> text(answer));
    return ExitCode.OK;
  }

  private String text(FreezeInstanceResponse answer) {
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    var text = new StringBuilder(FreezeText.line(answer.getFreeze(), times));
    if (answer.getOpenAttemptsCount() > 0) {
      boolean hard = answer.getFreeze().getLevel() == Freeze.Level.HARD;
      text.append(hard ? "these agents are ended, their work is kept:\n" : "these run on:\n");
      text.append(StatusText.attempts(answer.getOpenAttemptsList()));
    }
    return text.append("to lift it: salvor unfreeze\n").toString();
  }

  private static Freeze.Level levelOf(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "soft" -> Freeze.Level.SOFT;
      case "hard" -> Freeze.Level.HARD;
      default -> throw new IllegalArgumentException("'" + text + "' is none of soft, hard");
    };
  }
}
