package io.salvor.cli.backup;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.salvor.cli.server.OfflineProgram;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Asks the server about backups, or, where none runs, a program that knows the store and the
/// backups without one.
final class BackupProgram {
  private static final Duration LONG = Duration.ofHours(6);

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
    return new OfflineProgram(context).backup(empty, arguments);
  }
}
