package io.salvor.cli;

import io.salvor.cli.demo.Scratch;
import io.salvor.cli.demo.Tour;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Signal;
import io.salvor.cli.session.Surroundings;
import io.salvor.cli.session.Word;
import java.io.IOException;
import java.util.Optional;

/// A tour in a scratch project, with a private server.
final class DemoCommand extends SalvorCommand {
  private final Word<Boolean> keep =
      words.flag("--keep", "leave the project, the home and the server for a look");

  DemoCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    try (var signal = new Signal()) {
      return toItsEnd(signal);
    }
  }

  /// The server is in a session of its own: Ctrl-C reaches this process only, which cleans up.
  private ExitCode toItsEnd(Signal signal) throws IOException, InterruptedException {
    Surroundings here = context().surroundings();
    Optional<Tour> tour = Optional.empty();
    try {
      Scratch scratch = Scratch.make(here);
      tour = Optional.of(new Tour(scratch, here, (there, words) -> new Salvor(there).run(words)));
      return tour.get().run();
    } catch (Failure | IOException | InterruptedException broken) {
      if (!signal.came()) {
        throw broken;
      }
      return ExitCode.CANCELLED;
    } finally {
      if (tour.isPresent()) {
        leave(tour.get(), signal);
      }
    }
  }

  private void leave(Tour tour, Signal signal) throws IOException {
    if (keep.or(false)) {
      tour.sayWhatIsKept();
    } else {
      tour.cleanUp(signal);
    }
  }
}
