package io.salvor.cli.session;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Prints in UTF-8 and remembers why something could not be written; a PrintStream only remembers
/// that it was so.
public final class Printer extends PrintStream {
  private static final int BUFFER = 8192;

  private final Remembering to;
  private final boolean pipe;

  /// @param pipe whether what fails there can only mean that nobody reads on
  public Printer(OutputStream to, boolean pipe) {
    this(new Remembering(to), pipe);
  }

  private Printer(Remembering to, boolean pipe) {
    super(new BufferedOutputStream(to, BUFFER), false, StandardCharsets.UTF_8);
    this.to = to;
    this.pipe = pipe;
  }

  /// Why something was not written; empty also where nobody wanted it any more, as `head` that has
  /// seen enough.
  public Optional<IOException> lost() {
    return Optional.ofNullable(to.failure)
        .filter(it -> !pipe && !"Broken pipe".equals(it.getMessage()));
  }

  private static final class Remembering extends OutputStream {
    private final OutputStream to;
    private @Nullable IOException failure;

    Remembering(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        to.write(bytes, from, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }
  }
}
