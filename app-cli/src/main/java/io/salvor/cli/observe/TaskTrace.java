package io.salvor.cli.observe;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.cli.text.Numbers;
import io.salvor.v1.GetTraceRequest;
import io.salvor.v1.ObservationServiceGrpc;
import io.salvor.v1.Trace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// Shows what a task's time went into, as a tree of spans, or hands it to other programs.
public final class TaskTrace extends SalvorCommand {
  private final Word<String> task = words.task();

  private final Word<Integer> attempt =
      words.option("--attempt", "N", Numbers::count, "only this attempt (default: all)");

  private final Word<String> otlp =
      words.option("--otlp", "FILE", "write it as OTLP in JSON instead; - for standard output");

  private final Word<URI> endpoint =
      words.option(
          "--otlp-endpoint",
          "URL",
          Collector::address,
          "post it to a collector, at /v1/traces: http://127.0.0.1:4318; with the headers in"
              + " $OTEL_EXPORTER_OTLP_HEADERS");

  public TaskTrace(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws InterruptedException {
    var request =
        GetTraceRequest.newBuilder()
            .setName(task.said().orElseThrow())
            .setAttempt(attempt.or(0))
            .build();
    Trace trace =
        context().api().call(ObservationServiceGrpc.getGetTraceMethod(), request).getTrace();
    if (otlp.said().isEmpty() && endpoint.said().isEmpty()) {
      new Results(context())
          .show(trace, () -> TraceText.of(trace, context().surroundings().clock().instant()));
      return ExitCode.OK;
    }
    String export = Otlp.request(trace);
    if (otlp.said().isPresent()) {
      write(export, otlp.said().get());
    }
    if (endpoint.said().isPresent()) {
      String headers = context().surroundings().variable("OTEL_EXPORTER_OTLP_HEADERS").orElse("");
      new Collector(endpoint.said().get(), headers).take(export);
      context().err().println(trace.getSpansCount() + " spans to " + endpoint.said().get());
    }
    return ExitCode.OK;
  }

  private void write(String export, String file) {
    if (file.equals("-")) {
      context().out().println(export);
      return;
    }
    Path path = context().path(file);
    try {
      Files.writeString(path, export + "\n");
    } catch (IOException e) {
      throw new Failure(
          ExitCode.INVALID,
          "FILE_NOT_WRITTEN",
          "cannot write " + path + ": " + e.getMessage(),
          "salvor task trace TASK --otlp -");
    }
  }
}
