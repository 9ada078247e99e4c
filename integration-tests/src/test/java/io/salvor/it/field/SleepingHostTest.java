package io.salvor.it.field;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.ServerProcess.Surroundings;
import io.salvor.it.harness.Shell;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.Limits;
import io.salvor.v1.Record;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A host that sleeps, as a process on it sees that: the calendar jumps, and the clock that counts
/// does not.
final class SleepingHostTest {
  /// Adds as many seconds to the calendar as the file says, for the process that loads it.
  private static final String CALENDAR =
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <stdio.h>
      #include <stdlib.h>
      #include <sys/time.h>
      #include <time.h>
      static long asleep(void) {
        long seconds = 0;
        FILE *file = fopen(getenv("ASLEEP"), "r");
        if (file) { if (fscanf(file, "%ld", &seconds) != 1) seconds = 0; fclose(file); }
        return seconds;
      }
      int clock_gettime(clockid_t clock, struct timespec *now) {
        static int (*real)(clockid_t, struct timespec *);
        if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
        int result = real(clock, now);
        if (clock == CLOCK_REALTIME) now->tv_sec += asleep();
        return result;
      }
      """;

  private static final Duration NIGHT = Duration.ofHours(8);

  /// The time that a host sleeps is charged to a run's limits.
  @Test
  void eight_hours_of_sleep_are_charged_to_nobody_F043() throws IOException {
    try (Bench bench = Bench.idle("sleeping-host")) {
      Path source = Files.writeString(bench.folder().resolve("calendar.c"), CALENDAR);
      Path library = bench.folder().resolve("calendar.so");
      assumeTrue(
          Shell.run(
                      bench.folder(),
                      List.of(
                          "cc",
                          "-shared",
                          "-fPIC",
                          "-o",
                          library.toString(),
                          source.toString(),
                          "-ldl"))
                  .status()
              == 0,
          "there is no C compiler here");
      Path asleep = Files.writeString(bench.folder().resolve("asleep"), "0");
      bench.surround(
          new Surroundings(
              List.of(), Map.of("LD_PRELOAD", library.toString(), "ASLEEP", asleep.toString())));
      bench.start();
      ScratchProject project = bench.project();
      Gate gate = bench.gate();
      Task task =
          bench
              .author()
              .createAndDispatch(
                  job(project, Scripts.waitsAndCommits(gate, "after-the-night.txt"))
                      .setLimits(
                          Limits.newBuilder()
                              .setDeadline(Client.duration(Duration.ofHours(1)))
                              .setSilence(Client.duration(Duration.ofMinutes(30)))
                              .setFirstEvent(Client.duration(Duration.ofMinutes(20)))));
      bench.author().await(task.getName(), Task.State.RUNNING);

      for (int night = 1; night <= 2; night++) {
        Files.writeString(asleep, Long.toString(night * NIGHT.toSeconds()));
        long ahead = night * NIGHT.toSeconds() - 600;
        Await.until(
            "the next morning",
            () -> Instant.now().plusSeconds(ahead).isBefore(noted(bench, task)));
        assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.RUNNING);
        bench.restartAfterKill();
      }
      assertThat(bench.author().get(task.getName()).getState()).isEqualTo(Task.State.RUNNING);
      gate.open();
      Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
      assertThat(reviewed.getAttemptsList()).hasSize(1);
      assertThat(reviewed.getAttempts(0).getEnding().getReason()).isEqualTo("success");
    }
  }

  /// When the server thinks that somebody says something now.
  private static Instant noted(Bench bench, Task task) {
    bench
        .author()
        .tasks()
        .commentTask(
            CommentTaskRequest.newBuilder().setName(task.getName()).setText("morning?").build());
    Record last = Journal.of(bench.author(), task.getName()).kind("task.commented").getLast();
    return Instant.ofEpochSecond(last.getTime().getSeconds());
  }
}
