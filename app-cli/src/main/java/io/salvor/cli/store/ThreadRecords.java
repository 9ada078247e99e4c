package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Reconnect;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.TaskNames;
import io.salvor.cli.text.Times;
import io.salvor.cli.wire.Replies;
import io.salvor.cli.wire.RpcFailure;
import io.salvor.v1.ListRecordsResponse;
import io.salvor.v1.Record;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.StreamRecordsRequest;
import io.salvor.v1.StreamRecordsResponse;
import java.util.Optional;

/// Shows the records of a thread, or of all.
public final class ThreadRecords extends SalvorCommand {
  private final Word<String> thread =
      words.optional(
          "THREAD",
          TaskNames::parseThread,
          "TASK-0001 for a task, TASK-0001/2 for an attempt, instance for freezes; all where it is"
              + " left out");

  private final Word<Boolean> attempts =
      words.flag("--attempts", "with the threads of the task's attempts");

  private final Word<Long> after =
      words.option("--after", "SEQ", Long::valueOf, "only records after this one");

  private final Word<Boolean> follow = words.flag("-f --follow", "go on with records to come");

  private final Results results;
  private long cursor;
  private final ListRecordsResponse.Builder all = ListRecordsResponse.newBuilder();

  public ThreadRecords(Context context) {
    super(context);
    this.results = new Results(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    cursor = after.or(0L);
    var reconnect = new Reconnect(context());
    boolean done = false;
    while (!done) {
      try {
        done = readOn(reconnect);
      } catch (RpcFailure broken) {
        if (!follow.or(false)) {
          throw context().api().refused(broken);
        }
        reconnect.after(broken);
      } catch (Failure nobody) {
        reconnect.after(nobody);
      }
    }
    if (wanted(Output.JSON)) {
      results.show(all, () -> "");
    }
    return ExitCode.OK;
  }

  private boolean readOn(Reconnect reconnect) {
    var request =
        StreamRecordsRequest.newBuilder()
            .setThread(thread.or(""))
            .setIncludeAttempts(attempts.or(false))
            .setAfterSeq(cursor)
            .setFollow(follow.or(false))
            .build();
    try (Replies<StreamRecordsResponse> replies =
        context().api().stream(RecordServiceGrpc.getStreamRecordsMethod(), request)) {
      Optional<StreamRecordsResponse> reply = replies.next();
      while (reply.isPresent() && !results.unread()) {
        reconnect.heard();
        reply.get().getRecordsList().forEach(this::show);
        cursor = Math.max(cursor, reply.get().getCursor());
        reply = replies.next();
      }
    }
    return true;
  }

  private void show(Record record) {
    if (wanted(Output.JSON)) {
      all.addRecords(record);
    } else {
      results.showNext(record, () -> line(record));
    }
  }

  private boolean wanted(Output output) {
    return context().output() == output && !follow.or(false);
  }

  private String line(Record record) {
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    String kind = record.getKind().replaceFirst("^salvor\\.", "");
    return record.getSeq()
        + "  "
        + times.date(record.getTime())
        + "  "
        + (record.getDisplayId().isEmpty() ? record.getThread() : record.getDisplayId())
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
