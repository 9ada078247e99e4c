package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// A text that the command line names by its file.
final class TextFile {
  private final Context context;
  private final String what;

  /// @param what it is, for who gave one that cannot be read
  TextFile(Context context, String what) {
    this.context = context;
    this.what = what;
  }

  /// Its content, as UTF-8; `-` is standard input.
  String read(String file) throws IOException {
    byte[] bytes = file.equals("-") ? context.surroundings().in().readAllBytes() : bytes(file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new Failure(ExitCode.INVALID, "INVALID", "the " + what + " is not UTF-8 text", "");
    }
  }

  private byte[] bytes(String file) {
    try {
      return Files.readAllBytes(context.path(file));
    } catch (IOException unreadable) {
      throw new Failure(
          ExitCode.INVALID, "INVALID", "cannot read the " + what + " " + context.path(file), "");
    }
  }
}
