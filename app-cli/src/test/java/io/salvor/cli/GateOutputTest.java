package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.salvor.v1.DiffTaskResponse;
import io.salvor.v1.ListRecordsResponse;
import io.salvor.v1.Record;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.WatchTaskResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Gates run what an agent wrote: nothing of theirs steers the terminal.
final class GateOutputTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Value string(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  @Test
  void what_gates_that_are_run_by_hand_write_does_not_steer_the_terminal() {
    server.on(TaskServiceGrpc.getVerifyTaskMethod(), _ -> Samples.task(Task.State.VERIFYING));
    server.on(
        TaskServiceGrpc.getWatchTaskMethod(),
        _ -> WatchTaskResponse.newBuilder().setTask(Samples.inReview()).build());
    var gate =
        Struct.newBuilder()
            .putFields("command", string("make\u001b[1Acheck"))
            .putFields("failure", string("exit status 1\u001b]0;title\u0007"))
            .putFields("output", string("one\n\ttwo\u001b[2J\u202ethree\r\n"));
    var gates = ListValue.newBuilder().addValues(Value.newBuilder().setStructValue(gate));
    server.on(
        RecordServiceGrpc.getListRecordsMethod(),
        _ ->
            ListRecordsResponse.newBuilder()
                .addRecords(
                    Record.newBuilder()
                        .setKind("salvor.gates.verified.v1")
                        .setBody(
                            Struct.newBuilder()
                                .putFields(
                                    "gates", Value.newBuilder().setListValue(gates).build())))
                .build());
    var result = cli.run("task", "verify", "1");
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .isEqualTo(
            """
            FAILED  make [1Acheck: exit status 1 ]0;title
              one
              \ttwo␛[2J\ufffdthree
            """);
  }

  @Test
  void what_gates_a_salvage_would_run_does_not_steer_the_terminal() {
    server.on(TaskServiceGrpc.getDiffTaskMethod(), _ -> DiffTaskResponse.getDefaultInstance());
    server.on(
        TaskServiceGrpc.getGetTaskMethod(),
        _ ->
            Samples.task(Task.State.FAILED).toBuilder()
                .addGates("make check")
                .addGates("true\u001b[2K\rrm -rf")
                .build());
    var result = cli.run("task", "salvage", "1", "--dry-run");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err())
        .endsWith("gates that would run on it:\n  make check\n  true [2K rm -rf\n");
  }
}
