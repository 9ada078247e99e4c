package io.salvor.cli.session;

import io.salvor.cli.screen.Harmless;
import java.util.Optional;

/// Prints what an agent wrote: byte by byte, but nothing that steers a terminal where a person
/// looks on.
public final class AgentBytes {
  private final Context context;
  private final Optional<Harmless> harmless;

  /// @param raw whether a terminal gets every byte too, those that steer it included
  public AgentBytes(Context context, boolean raw) {
    this.context = context;
    this.harmless =
        context.surroundings().outIsTerminal() && !raw
            ? Optional.of(new Harmless())
            : Optional.empty();
  }

  /// The next piece.
  public void print(byte[] piece) {
    if (harmless.isPresent()) {
      context.out().print(harmless.get().text(piece));
    } else {
      context.out().write(piece, 0, piece.length);
    }
  }
}
