package io.salvor.cli.task;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.salvor.cli.screen.Harmless;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Results;
import io.salvor.cli.text.Clean;
import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.Record;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.VerifyTaskRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs the gates by hand in a task's workspace, and shows how they went.
public final class TaskVerify extends OnTask {
  private static final String VERIFIED = "salvor.gates.verified.v1";

  public TaskVerify(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        VerifyTaskRequest.newBuilder().setName(name()).setRequestId(OnTasks.requestId()).build();
    Task begun = context().api().call(TaskServiceGrpc.getVerifyTaskMethod(), request);
    new TaskReport(context()).untilVerified(begun);
    Record verified = record(begun);
    List<Value> gates = verified.getBody().getFieldsOrThrow("gates").getListValue().getValuesList();
    new Results(context()).show(verified.getBody(), () -> text(begun, gates));
    return gates.stream().allMatch(it -> text(it, "failure").isEmpty())
        ? ExitCode.OK
        : ExitCode.FAILURE;
  }

  /// The record of how they went: the first of its kind since they began.
  private Record record(Task begun) {
    var request =
        ListRecordsRequest.newBuilder()
            .setThread(begun.getName())
            .setAfterSeq(Long.parseLong(begun.getEtag()))
            .build();
    return context()
        .api()
        .call(RecordServiceGrpc.getListRecordsMethod(), request)
        .getRecordsList()
        .stream()
        .filter(it -> it.getKind().equals(VERIFIED))
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                ExitCode.CANCELLED,
                "NOT_VERIFIED",
                begun.getDisplayId() + " was taken elsewhere before its gates had run",
                "salvor task show " + begun.getDisplayId()));
  }

  private static String text(Task task, List<Value> gates) {
    var text = new StringBuilder();
    for (Value gate : gates) {
      String failure = text(gate, "failure");
      text.append(failure.isEmpty() ? "passed  " : "FAILED  ");
      text.append(Clean.line(text(gate, "command")));
      text.append(failure.isEmpty() ? "" : ": " + Clean.line(failure)).append('\n');
      text.append(harmless(text(gate, "output")).stripTrailing().indent(2));
    }
    int left = task.getGatesCount() - gates.size();
    if (left > 0) {
      text.append("not run ").append(left == 1 ? "1 more gate" : left + " more gates");
      text.append('\n');
    }
    return text.toString();
  }

  /// It is of programs that an agent may have written.
  private static String harmless(String output) {
    return new Harmless().text(output.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Value gate, String field) {
    Struct fields = gate.getStructValue();
    return fields.containsFields(field) ? fields.getFieldsOrThrow(field).getStringValue() : "";
  }
}
