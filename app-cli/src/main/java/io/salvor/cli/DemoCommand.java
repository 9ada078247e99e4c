package io.salvor.cli;

import io.salvor.cli.demo.Scratch;
import io.salvor.cli.demo.Tour;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Surroundings;
import java.io.IOException;
import picocli.CommandLine.Option;

/// A tour in a scratch project, with a private server.
final class DemoCommand extends SalvorCommand {
  @Option(names = "--keep", description = "leave the project, the home and the server for a look")
  boolean keep;

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
      if (keep) {
        tour.sayWhatIsKept();
      } else {
        tour.cleanUp();
      }
    }
  }
}
