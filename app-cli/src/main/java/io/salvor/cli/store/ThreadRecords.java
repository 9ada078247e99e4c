package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Converters;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Reconnect;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Times;
import io.salvor.cli.wire.Replies;
import io.salvor.cli.wire.RpcFailure;
import io.salvor.v1.ListRecordsResponse;
import io.salvor.v1.Record;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.StreamRecordsRequest;
import io.salvor.v1.StreamRecordsResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows the records of a thread, or of all.
public final class ThreadRecords extends SalvorCommand {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "THREAD",
      description = "TASK-0001 for a task, TASK-0001/2 for an attempt; all where it is left out",
      converter = Converters.ThreadName.class)
  @Nullable String thread;

  @Option(names = "--attempts", description = "with the threads of the task's attempts")
  boolean attempts;

  @Option(names = "--after", paramLabel = "SEQ", description = "only records after this one")
  long after;

  @Option(
      names = {"-f", "--follow"},
      description = "go on with records to come")
  boolean follow;

  private final Results results;
  private final ListRecordsResponse.Builder all = ListRecordsResponse.newBuilder();

  public ThreadRecords(Context context) {
    super(context);
    this.results = new Results(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var reconnect = new Reconnect(context());
    boolean done = false;
    while (!done) {
      try {
        done = readOn(reconnect);
      } catch (RpcFailure broken) {
        if (!follow) {
          throw context().api().refused(broken);
        }
        reconnect.after(broken);
      } catch (Failure nobody) {
        reconnect.after(nobody);
      }
    }
    if (wanted(Output.json)) {
      results.show(all, () -> "");
    }
    return ExitCode.OK;
  }

  private boolean readOn(Reconnect reconnect) {
    var request =
        StreamRecordsRequest.newBuilder()
            .setThread(thread == null ? "" : thread)
            .setIncludeAttempts(attempts)
            .setAfterSeq(after)
            .setFollow(follow)
            .build();
    try (Replies<StreamRecordsResponse> replies =
        context().api().stream(RecordServiceGrpc.getStreamRecordsMethod(), request)) {
      Optional<StreamRecordsResponse> reply = replies.next();
      while (reply.isPresent() && !results.unread()) {
        reconnect.heard();
        reply.get().getRecordsList().forEach(this::show);
        after = Math.max(after, reply.get().getCursor());
        reply = replies.next();
      }
    }
    return true;
  }

  private void show(Record record) {
    if (wanted(Output.json)) {
      all.addRecords(record);
    } else {
      results.showNext(record, () -> line(record));
    }
  }

  private boolean wanted(Output output) {
    return context().output() == output && !follow;
  }

  private String line(Record record) {
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings.zone());
    String kind = record.getKind().replaceFirst("^salvor\\.", "");
    return record.getSeq()
        + "  "
        + times.date(record.getTime())
        + "  "
        + record.getDisplayId()
        + attempt(record.getThread())
        + "  "
        + record.getActor()
        + "  "
        + record.getAct()
        + "  "
        + kind
        + "  "
        + Clean.line(record.getSummary(), 300)
        + "\n";
  }

  private static String attempt(String thread) {
    int at = thread.indexOf("/attempts/");
    return at < 0 ? "" : "/" + thread.substring(at + "/attempts/".length());
  }
}
