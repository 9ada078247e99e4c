package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Results;
import io.salvor.cli.text.Paint;
import io.salvor.cli.text.Times;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.TaskServiceGrpc;

/// Tells what happened, how it ended, what is left, and what to do next.
public final class TaskDiagnose extends OnTask {
  public TaskDiagnose(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    var request = DiagnoseTaskRequest.newBuilder().setName(name()).build();
    Diagnosis diagnosis = context().api().call(TaskServiceGrpc.getDiagnoseTaskMethod(), request);
    var surroundings = context().surroundings();
    var times = new Times(surroundings.clock().instant(), surroundings::zone);
    var paint = new Paint(surroundings.colour());
    new Results(context()).show(diagnosis, () -> new DiagnosisText(times, paint).full(diagnosis));
    return ExitCode.OK;
  }
}
