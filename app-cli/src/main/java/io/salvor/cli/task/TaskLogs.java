package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.OutputCopy;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Numbers;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.StreamOutputRequest.Stream;

/// Shows what an attempt's agent wrote, byte by byte.
public final class TaskLogs extends OnTask {
  private final Word<Integer> attempt =
      words.option("--attempt", "N", Numbers::count, "of this attempt (default: the last one)");

  private final Word<Boolean> stderr =
      words.flag("--stderr", "standard error instead of standard output");

  private final Word<Boolean> follow = words.flag("-f --follow", "go on until the attempt is over");

  private final Word<Boolean> raw =
      words.flag("--raw", "every byte as it is, also what steers a terminal");

  private final Word<Long> offset =
      words.option(
          "--offset",
          "BYTES",
          Numbers::whole,
          "begin with this byte; a negative one counts from the end");

  public TaskLogs(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        StreamOutputRequest.newBuilder()
            .setName(
                name() + "/attempts/" + attempt.said().map(it -> Integer.toString(it)).orElse("-"))
            .setStream(stderr.or(false) ? Stream.STDERR : Stream.STDOUT)
            .setOffset(offset.or(0L))
            .setFollow(follow.or(false))
            .build();
    new OutputCopy(context(), raw.or(false)).copy(request);
    return ExitCode.OK;
  }
}
