package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.OutputCopy;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.StreamOutputRequest.Stream;
import picocli.CommandLine.Option;

/// Shows what an attempt's agent wrote, byte by byte.
public final class TaskLogs extends OnTask {
  @Option(
      names = "--attempt",
      paramLabel = "N",
      description = "of this attempt (default: the last one)")
  int attempt;

  @Option(names = "--stderr", description = "standard error instead of standard output")
  boolean stderr;

  @Option(
      names = {"-f", "--follow"},
      description = "go on until the attempt is over")
  boolean follow;

  @Option(
      names = "--offset",
      paramLabel = "BYTES",
      description = "begin with this byte; a negative one counts from the end")
  long offset;

  public TaskLogs(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        StreamOutputRequest.newBuilder()
            .setName(name + "/attempts/" + (attempt == 0 ? "-" : Integer.toString(attempt)))
            .setStream(stderr ? Stream.STDERR : Stream.STDOUT)
            .setOffset(offset)
            .setFollow(follow)
            .build();
    new OutputCopy(context()).copy(request);
    return ExitCode.OK;
  }
}
