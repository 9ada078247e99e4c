package io.salvor.bench;

import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.TaskServiceGrpc;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/// Durable appends over the Unix socket: comments on many tasks, against an [EchoServer] that is
/// sent the same bytes, and against batches in SQLite without a call.
final class Appends implements Measurement {
  private static final int TASKS = 64;

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    Path project = GitProject.make(scratch.folder("project"), 1).root();
    try (var salvor = ServerProcess.start(scratch.root().resolve("home"));
        var echo = EchoProcess.start(scratch.folder("echo"));
        var raw = new RawTable(scratch.root().resolve("raw.db"))) {
      List<CommentTaskRequest> requests = CommentLoad.on(salvor.client(), project).requests();
      var run = new Run(salvor, echo, raw, requests);
      run.salvor(TASKS, scale.pick(100, 30_000), false);
      run.echo(TASKS, scale.pick(100, 30_000));
      // A write-ahead log that still grows makes each fsync dearer.
      run.raw(8, scale.pick(100, 30_000));
      run.measure(1, scale.pick(5, 300), scale.pick(1, 7), report);
      run.measure(64, scale.pick(100, 5_000), scale.pick(1, 7), report);
      run.measure(512, scale.pick(600, 15_000), scale.pick(1, 7), report);
    }
  }

  private record Run(
      ServerProcess server, EchoProcess echo, RawTable raw, List<CommentTaskRequest> requests) {

    void measure(int inFlight, int total, int rounds, Report report)
        throws InterruptedException, SQLException {
      var salvor = new Samples();
      var once = new Samples();
      var echoed = new Samples();
      var batches = new Samples();
      for (int i = 0; i < rounds; i++) {
        salvor.add(salvor(inFlight, total, false));
        echoed.add(echo(inFlight, total));
        batches.add(raw(inFlight, total));
        once.add(salvor(inFlight, total, true));
      }
      String figure = "appends, " + inFlight + " in flight";
      report.ratio(figure + ", over echo", salvor.median(), echoed.median(), "/s", "≥ 0.7");
      report.ratio(figure + ", over raw SQLite", salvor.median(), batches.median(), "/s", "");
      report.ratio(
          figure + ", with request_id, over echo", once.median(), echoed.median(), "/s", "");
    }

    /// @param once whether each call carries a request id
    double salvor(int inFlight, int total, boolean once) throws InterruptedException {
      return UnixClient.perSecond(
          inFlight,
          total,
          i -> {
            CommentTaskRequest request = requests.get(i % requests.size());
            if (once) {
              request = request.toBuilder().setRequestId(UUID.randomUUID().toString()).build();
            }
            return server.client().call(TaskServiceGrpc.getCommentTaskMethod(), request);
          });
    }

    double echo(int inFlight, int total) throws InterruptedException {
      return UnixClient.perSecond(
          inFlight,
          total,
          i ->
              echo.client()
                  .call(EchoServer.APPEND, requests.get(i % requests.size()).toByteArray()));
    }

    double raw(int batch, int total) throws SQLException {
      List<byte[]> rows = Collections.nCopies(batch, requests.getFirst().toByteArray());
      long began = System.nanoTime();
      for (int done = 0; done < total; done += batch) {
        raw.append(rows);
      }
      return Math.ceilDiv(total, batch) * batch / ((System.nanoTime() - began) / 1e9);
    }
  }
}
