package io.salvor.cli.backup;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.grpc.MethodDescriptor;
import io.salvor.cli.server.ServerProgram;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Asks the server about backups, or, where none runs, a program that knows the store and the
/// backups without one.
final class BackupProgram {
  private static final Duration LONG = Duration.ofHours(6);
  private static final int USAGE = 2;

  private final Context context;

  BackupProgram(Context context) {
    this.context = context;
  }

  /// The answer of the server; where there is none, of the program.
  ///
  /// @param <A> kind of the answer
  /// @param empty an answer with nothing in it
  /// @param arguments what the program is to be asked
  <Q, A extends Message> A ask(
      MethodDescriptor<Q, A> method, Q question, A empty, List<String> arguments)
      throws IOException, InterruptedException {
    try {
      return context.api().call(method, question, LONG);
    } catch (Failure none) {
      if (none.exit() != ExitCode.UNAVAILABLE || context.server().isPresent()) {
        throw none;
      }
      return run(empty, arguments);
    }
  }

  /// The answer of the program.
  ///
  /// @param <A> kind of the answer
  <A extends Message> A run(A empty, List<String> arguments)
      throws IOException, InterruptedException {
    if (context.server().isPresent()) {
      throw new Failure(
          ExitCode.USAGE,
          "NOT_HERE",
          "this is done where the home is, not through a server elsewhere",
          "the same command without --server");
    }
    var builder = new ProcessBuilder(new ServerProgram(context).backupCommand(arguments));
    builder.environment().clear();
    builder.environment().putAll(context.surroundings().environment());
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> errors =
        CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
    String said = read(process.getInputStream());
    int status = process.waitFor();
    if (status != 0) {
      throw failure(status, errors.join());
    }
    Message.Builder answer = empty.newBuilderForType();
    JsonFormat.parser().ignoringUnknownFields().merge(said, answer);
    @SuppressWarnings("unchecked") // the builder is of this message
    A typed = (A) answer.build();
    return typed;
  }

  private static String read(InputStream from) {
    try (from) {
      return new String(from.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The program speaks as the server does when it may not start.
  private static Failure failure(int status, String errors) {
    String prefix = "salvor: ";
    String hint = "  try: ";
    List<String> lines = errors.lines().toList();
    return new Failure(
        status == USAGE ? ExitCode.USAGE : ExitCode.WRONG_STATE,
        "BACKUP",
        lines.stream()
            .filter(it -> it.startsWith(prefix))
            .map(it -> it.substring(prefix.length()))
            .findFirst()
            .orElse("the program ended with status " + status),
        lines.stream().filter(it -> !it.startsWith(prefix) && !it.startsWith(hint)).toList(),
        lines.stream()
            .filter(it -> it.startsWith(hint))
            .map(it -> it.substring(hint.length()))
            .findFirst()
            .orElse(""));
  }
}
