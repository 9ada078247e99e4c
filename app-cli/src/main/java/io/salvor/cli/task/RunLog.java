package io.salvor.cli.task;

import com.google.protobuf.Timestamp;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.ListRecordsResponse;
import io.salvor.v1.Record;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.RunEvent;
import io.salvor.v1.RunEvent.Step;
import io.salvor.v1.RunResult;
import io.salvor.v1.Task;
import java.time.Instant;
import java.util.function.Supplier;

/// What a run writes: its steps as lines on standard error, and on standard output the result, with
/// `jsonl` every event before it.
final class RunLog {
  private static final int PAGE = 1_000;

  private final Context context;
  private final Results results;
  private Task last = Task.getDefaultInstance();
  private long lastSeq;

  RunLog(Context context) {
    this.context = context;
    this.results = new Results(context);
  }

  /// The run itself did something.
  void step(Step.Kind kind, String text) {
    context.err().println(text);
    context.err().flush();
    if (events()) {
      write(event().setStep(Step.newBuilder().setKind(kind).setText(text)));
    }
  }

  /// The task may have changed: what is new in the log is told.
  void changed(Task task) {
    if (events() && !task.equals(last)) {
      records(task);
      last = task; // not before: where the server goes away meanwhile they are asked for again
    }
  }

  private void records(Task task) {
    long after = lastSeq;
    String page = "";
    do {
      ListRecordsResponse records =
          context
              .api()
              .call(
                  RecordServiceGrpc.getListRecordsMethod(),
                  ListRecordsRequest.newBuilder()
                      .setThread(task.getName())
                      .setIncludeAttempts(true)
                      .setAfterSeq(after)
                      .setPageSize(PAGE)
                      .setPageToken(page)
                      .build());
      for (Record record : records.getRecordsList()) {
        write(event().setRecord(record));
        lastSeq = Math.max(lastSeq, record.getSeq());
      }
      page = records.getNextPageToken();
    } while (!page.isEmpty());
  }

  /// The run is over.
  void result(RunResult result, Supplier<String> text) {
    if (events()) {
      write(event().setResult(result));
    } else {
      results.show(result, text);
    }
    context.out().flush();
  }

  private boolean events() {
    return context.output() == Output.JSONL;
  }

  private RunEvent.Builder event() {
    Instant now = context.surroundings().clock().instant();
    return RunEvent.newBuilder()
        .setTime(Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
  }

  private void write(RunEvent.Builder event) {
    results.showNext(event.build(), () -> "");
  }
}
