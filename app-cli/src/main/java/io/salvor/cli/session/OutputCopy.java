package io.salvor.cli.session;

import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.StreamOutputResponse;

/// Copies an attempt's output, and goes on where it was when the connection broke off.
public final class OutputCopy {
  private final Context context;
  private final Results results;
  private final AgentBytes bytes;
  private StreamOutputRequest next = StreamOutputRequest.getDefaultInstance();

  /// @param raw whether a terminal gets every byte too, those that steer it included
  public OutputCopy(Context context, boolean raw) {
    this.context = context;
    this.bytes = new AgentBytes(context, raw);
    this.results = new Results(context);
  }

  /// Copies what `request` asks for, to its end.
  public void copy(StreamOutputRequest request) throws InterruptedException {
    next = request;
    new Reading(context, results, request.getFollow())
        .toItsEnd(
            () -> context.api().stream(RecordServiceGrpc.getStreamOutputMethod(), next),
            this::take);
  }

  private void take(StreamOutputResponse reply) {
    show(reply);
    next = from(next, reply);
  }

  private void show(StreamOutputResponse reply) {
    if (context.output() != Output.TEXT) {
      results.showNext(reply, () -> "");
      return;
    }
    bytes.print(reply.getData().toByteArray());
    context.out().flush();
  }

  private static StreamOutputRequest from(StreamOutputRequest request, StreamOutputResponse reply) {
    String name = request.getName();
    String attempt = name.substring(0, name.lastIndexOf('/') + 1) + reply.getAttempt();
    return request.toBuilder().setName(attempt).setOffset(reply.getNextOffset()).build();
  }
}
