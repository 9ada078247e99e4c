package io.salvor.cli.store;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Reading;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Numbers;
import io.salvor.cli.text.TaskNames;
import io.salvor.cli.text.Times;
import io.salvor.v1.ListRecordsResponse;
import io.salvor.v1.Record;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.StreamRecordsRequest;
import io.salvor.v1.StreamRecordsResponse;

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
      words.option("--after", "SEQ", text -> Numbers.from(0, text), "only records after this one");

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
    new Reading(context(), results, follow.or(false))
        .toItsEnd(
            () -> context().api().stream(RecordServiceGrpc.getStreamRecordsMethod(), request()),
            this::take);
    if (wanted(Output.JSON)) {
      results.show(all, () -> "");
    }
    return ExitCode.OK;
  }

  private StreamRecordsRequest request() {
    return StreamRecordsRequest.newBuilder()
        .setThread(thread.or(""))
        .setIncludeAttempts(attempts.or(false))
        .setAfterSeq(cursor)
        .setFollow(follow.or(false))
        .build();
  }

  private void take(StreamRecordsResponse reply) {
    reply.getRecordsList().forEach(this::show);
    cursor = Math.max(cursor, reply.getCursor());
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
