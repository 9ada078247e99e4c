package io.salvor.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.salvor.v1.Attempt;
import io.salvor.v1.Task;
import io.salvor.v1.Usage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private Instant now = Instant.ofEpochSecond(1_000);
  private final Heartbeat heartbeat =
      new Heartbeat(new PrintStream(written, true, StandardCharsets.UTF_8), () -> now);

  private String after(long seconds) {
    now = now.plusSeconds(seconds);
    written.reset();
    heartbeat.accept(
        Task.newBuilder()
            .setDisplayId("TASK-0001")
            .setState(Task.State.RUNNING)
            .setStateTime(Timestamp.newBuilder().setSeconds(1_000))
            .setTotalUsage(Usage.newBuilder().setCostMicroUsd(120_000))
            .addAttempts(Attempt.newBuilder().setNumber(2).setToolCalls(3).setOpenTool("Bash"))
            .build());
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_line_comes_with_the_first_sign_after_each_minute() {
    assertThat(after(10)).isEmpty();
    assertThat(after(49)).isEmpty();
    assertThat(after(1))
        .isEqualTo(
            "heartbeat: 1m 00s, TASK-0001 RUNNING for 1m 00s, attempt 2, 3 tool calls (now Bash),"
                + " $0.12\n");
    assertThat(after(59)).isEmpty();
    assertThat(after(5)).startsWith("heartbeat: 2m 04s");
  }
}
