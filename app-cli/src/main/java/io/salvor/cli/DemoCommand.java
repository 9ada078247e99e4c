package io.salvor.cli;

import io.salvor.cli.demo.Scratch;
import io.salvor.cli.demo.Tour;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Surroundings;
import io.salvor.cli.session.Word;
import java.io.IOException;

/// A tour in a scratch project, with a private server.
final class DemoCommand extends SalvorCommand {
  private final Word<Boolean> keep =
      words.flag("--keep", "leave the project, the home and the server for a look");

  DemoCommand(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException, InterruptedException {
    Surroundings here = context().surroundings();
    Scratch scratch = Scratch.make(here);
    var tour = new Tour(scratch, here, (there, words) -> new Salvor(there).run(words));
    try {
      return tour.run();
    } finally {
      if (keep.or(false)) {
        tour.sayWhatIsKept();
      } else {
        tour.cleanUp();
      }
    }
  }
}
