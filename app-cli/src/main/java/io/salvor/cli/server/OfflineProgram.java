package io.salvor.cli.server;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.v1.GetConfigResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// A program that knows the home without a server; it is run once for each answer.
public final class OfflineProgram {
  private static final int USAGE = 2;
  private static final int ABSENT = 4;
  private static final String BACKUP_CLASS = "io.salvor.server.BackupMain";
  private static final String CARE_CLASS = "io.salvor.server.CareMain";

  private final Context context;

  public OfflineProgram(Context context) {
    this.context = context;
  }

  /// The answer of the program that looks after a home and its store.
  ///
  /// @param <A> kind of the answer
  /// @param empty an answer with nothing in it
  /// @param arguments what it is asked
  public <A extends Message> A care(A empty, List<String> arguments)
      throws IOException, InterruptedException {
    var words = new ArrayList<>(arguments);
    words.add("--actor=" + context.actor());
    return ask(empty, "HOME", ExitCode.USAGE, CARE_CLASS, words);
  }

  /// The answer of the program that looks after backups.
  ///
  /// @param <A> kind of the answer
  /// @param empty an answer with nothing in it
  /// @param arguments what it is asked
  public <A extends Message> A backup(A empty, List<String> arguments)
      throws IOException, InterruptedException {
    return ask(empty, "BACKUP", ExitCode.USAGE, BACKUP_CLASS, arguments);
  }

  /// What a server would go by that is started with these arguments; refused where it would not
  /// start with them.
  GetConfigResponse settings(List<String> arguments) throws IOException, InterruptedException {
    var words = new ArrayList<>(arguments);
    words.add("--show-config");
    return ask(
        GetConfigResponse.getDefaultInstance(),
        "CONFIG",
        ExitCode.INVALID,
        ServerProgram.MAIN_CLASS,
        words);
  }

  /// @param misused what this command ends with where the program's words or settings were wrong
  private <A extends Message> A ask(
      A empty, String reason, ExitCode misused, String program, List<String> arguments)
      throws IOException, InterruptedException {
    context.mustBeHere();
    var builder = new ProcessBuilder(new ServerProgram(context).offlineCommand(program, arguments));
    builder.environment().clear();
    builder.environment().putAll(context.surroundings().environment());
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> errors =
        CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
    String said = read(process.getInputStream());
    int status = process.waitFor();
    if (status != 0) {
      throw failure(reason, exit(status, misused), status, errors.join().lines().toList());
    }
    Message.Builder answer = empty.newBuilderForType();
    JsonFormat.parser().ignoringUnknownFields().merge(said, answer);
    @SuppressWarnings("unchecked") // the builder is of this message
    A typed = (A) answer.build();
    return typed;
  }

  private static ExitCode exit(int status, ExitCode misused) {
    return switch (status) {
      case USAGE -> misused;
      case ABSENT -> ExitCode.NOT_FOUND;
      default -> ExitCode.WRONG_STATE;
    };
  }

  private static String read(InputStream from) {
    try (from) {
      return new String(from.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The program speaks as the server does when it may not start.
  private static Failure failure(String reason, ExitCode exit, int status, List<String> lines) {
    String prefix = "salvor: ";
    String hint = "  try: ";
    return new Failure(
        exit,
        reason,
        first(lines, prefix).orElse("the program ended with status " + status),
        lines.stream().filter(it -> !it.startsWith(prefix) && !it.startsWith(hint)).toList(),
        first(lines, hint).orElse(""));
  }

  private static Optional<String> first(List<String> lines, String prefix) {
    return lines.stream()
        .filter(it -> it.startsWith(prefix))
        .map(it -> it.substring(prefix.length()))
        .findFirst();
  }
}
