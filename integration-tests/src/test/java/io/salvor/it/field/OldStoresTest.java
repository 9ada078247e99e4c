package io.salvor.it.field;

import static io.salvor.it.harness.Bench.job;
import static io.salvor.it.harness.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Stores that are old, large, restored or damaged.
final class OldStoresTest {
  private static final int HISTORY = 2_000;
  private static final long MEGABYTE = 1_000_000;

  private final Bench bench = Bench.idle("old-stores");
  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");

  @AfterEach
  void nothingRunsOn() {
    salvor.run("stop");
    bench.close();
  }

  /// The hub spins at each start over what it has recorded, and results are recorded no more.
  @Test
  void a_server_with_a_history_comes_to_rest_after_its_start_and_records_results_F083()
      throws Exception {
    bench.start();
    try (ExecutorService people = Executors.newFixedThreadPool(16)) {
      List<Future<?>> made = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        made.add(people.submit(this::leavesTasks));
      }
      for (Future<?> it : made) {
        it.get();
      }
    }
    bench.restartAfterKill();

    long pid = bench.server().pid();
    Await.until("a server that is idle", () -> share(pid) < 0.25);
    Task task = bench.author().createAndDispatch(job(project, Scripts.commits("a.txt")));
    bench.author().await(task.getName(), Task.State.REVIEW);
  }

  private void leavesTasks() {
    for (int i = 0; i < HISTORY / 16; i++) {
      Task task = bench.author().create(job(project, Scripts.exits(0)).setBrief("One of many"));
      bench
          .author()
          .tasks()
          .cancelTask(CancelTaskRequest.newBuilder().setName(task.getName()).build());
    }
  }

  /// The share of one processor that a process takes, over a second.
  private static double share(long pid) {
    long begun = System.nanoTime();
    Duration before = cpu(pid);
    Await.until("a second", () -> System.nanoTime() - begun > Duration.ofSeconds(1).toNanos());
    return (double) cpu(pid).minus(before).toNanos() / (System.nanoTime() - begun);
  }

  private static Duration cpu(long pid) {
    return ProcessHandle.of(pid).flatMap(it -> it.info().totalCpuDuration()).orElseThrow();
  }

  /// A restored database is a blend of the backup and of what was there.
  @Test
  void what_is_restored_over_a_killed_servers_files_is_the_backup_and_nothing_else_F087()
      throws IOException {
    bench.configured(
        "listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n[backup]\nsegments = \"off\"\n");
    bench.start();
    bench.author().create(job(project, Scripts.exits(0)).setTitle("Of the backup"));
    ok(salvor.run("backup", "create"));
    for (int i = 0; i < 50; i++) {
      bench.author().create(job(project, Scripts.exits(0)).setTitle("After the backup " + i));
    }
    bench.killServer();
    Path store = bench.home().resolve("store");
    Path log = store.resolve("salvor.db-wal");
    byte[] frames = Files.readAllBytes(log);
    assertThat(frames).isNotEmpty();

    ok(salvor.run("backup", "restore", "--yes"));
    if (!Files.exists(log)) {
      Files.write(log, frames);
    }
    ok(salvor.run("serve"));

    assertThat(ok(salvor.run("task", "list")).out())
        .contains("Of the backup")
        .doesNotContain("After the backup");
    Outcome readBefore = salvor.run("events", "--after", "50");
    assertThat(readBefore.status()).isEqualTo(7);
    assertThat(readBefore.err()).contains("the store was restored").contains("read anew");
    assertThat(ok(salvor.run("status", "-o", "json")).out()).contains("\"storeEpoch\": \"2\"");
    assertThat(ok(salvor.run("store", "check")).out()).contains("sound");
    assertThat(ok(salvor.run("store", "rebuild", "--check")).out()).contains("the chain holds");
  }

  /// One corrupt stored state file prevents every wake of an agent, over and over.
  @Test
  void what_one_attempt_left_damaged_stops_no_other_and_is_not_tried_for_ever_F089()
      throws IOException {
    bench.start();
    Gate gate = bench.gate();
    Task damaged = running(Scripts.waitsAndCommits(bench.gate(), "damaged.txt"));
    Task well = running(Scripts.waitsAndCommits(gate, "well.txt"));
    bench.killAll();
    damage(damaged);
    bench.start();
    bench.author().await(well.getName(), Task.State.FAILED);
    Task rests = bench.author().awaitRest(damaged.getName());
    assertThat(rests.getAttempts(0).getEnding().getReason()).isNotEqualTo("success");
    bench.author().dispatchResuming(well.getName());
    gate.open();
    bench.author().await(well.getName(), Task.State.REVIEW);
  }

  /// The same while the agent lives: nothing that tells who it is can be read any more.
  @Test
  void an_agent_whose_notes_are_damaged_can_still_be_ended_F089() throws IOException {
    bench.start();
    Task deaf = running(script("trap '' TERM; echo on; while :; do sleep 0.2; done"));
    bench.killServer();
    damage(deaf);
    bench.start();
    bench
        .author()
        .tasks()
        .cancelTask(CancelTaskRequest.newBuilder().setName(deaf.getName()).build());
    bench.author().await(deaf.getName(), Task.State.CANCELLED);
    assertThat(Survivors.ofTask(deaf.getUid())).isEmpty();
    Task next = bench.author().createAndDispatch(job(project, Scripts.commits("next.txt")));
    bench.author().await(next.getName(), Task.State.REVIEW);
  }

  private void damage(Task task) throws IOException {
    try (Stream<Path> files = Files.walk(bench.recorder(task, 1))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] rubbish = new byte[4_096];
        Arrays.fill(rubbish, (byte) 0xa5);
        Files.write(file, rubbish);
      }
    }
  }

  /// The same with the store: one record whose bytes are others.
  @Test
  void one_damaged_record_is_named_and_a_command_makes_the_store_whole_F089() throws IOException {
    bench.configured("listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n");
    ok(salvor.run("serve"));
    ok(salvor.run("task", "add", "Marked-by-lightning", "--agent", "command", "--", "true"));
    for (int i = 0; i < 4; i++) {
      ok(salvor.run("task", "comment", "1", "comment number " + i));
    }
    ok(salvor.run("backup", "create"));
    ok(salvor.run("stop"));
    assertThat(strike(bench.home().resolve("store/salvor.db"), "comment number 2")).isTrue();

    Outcome started = salvor.run("serve");
    String said = started.out() + started.err() + salvor.run("status").out();
    salvor.run("stop");
    assertThat(salvor.run("store", "check").status()).isNotZero();
    assertThat(said).as("what the start said").contains("damaged");
    ok(salvor.run("store", "repair", "--yes"));
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("store", "check")).out()).contains("sound");
    ok(salvor.run("task", "dispatch", "1"));
    assertThat(ok(salvor.run("task", "list")).out()).contains("Marked-by-lightning");
  }

  /// Overwrites a byte of each place where the text stands.
  private static boolean strike(Path file, String text) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    boolean struck = false;
    try (var changed = new RandomAccessFile(file.toFile(), "rw")) {
      for (int at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
        changed.seek(at);
        changed.write('X');
        struck = true;
      }
    }
    return struck;
  }

  /// Restart time and memory grow with all that agents ever wrote.
  @Test
  void a_start_does_not_read_what_agents_once_wrote_F093() throws IOException {
    bench.start();
    Gate gate = bench.gate();
    List<Task> over = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      over.add(
          bench
              .author()
              .createAndDispatch(
                  job(project, script("head -c 20000000 /dev/zero | tr '\\0' x; echo done"))));
    }
    Task open =
        bench
            .author()
            .createAndDispatch(
                job(
                    project,
                    script(
                        "head -c 20000000 /dev/zero | tr '\\0' x; echo;"
                            + " echo '{\"salvor\":\"progress\",\"text\":\"waiting\"}'; read -r w <$1",
                        gate.fifo().toString())));
    for (Task it : over) {
      bench.author().await(it.getName(), Task.State.REVIEW);
    }
    Await.until(
        "all to be written",
        () -> Files.size(bench.recorder(open, 1).resolve("stdout")) >= 20_000_000);
    Await.until(
        "what it said to be recorded",
        () -> Journal.of(bench.author(), open.getName()).said().contains("waiting"));
    bench.restartAfterKill();

    long next = bench.server().pid();
    Await.until("a server that is idle", () -> share(next) < 0.2);
    assertThat(bytesRead(next))
        .as("of 40 MB of closed ones and 20 of an open one")
        .isLessThan(40 * MEGABYTE);
    gate.open();
    bench.author().await(open.getName(), Task.State.REVIEW);
  }

  private static long bytesRead(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/io")).stream()
        .filter(it -> it.startsWith("rchar: "))
        .mapToLong(it -> Long.parseLong(it.substring("rchar: ".length())))
        .sum();
  }

  private Task running(List<String> command) {
    Task task = bench.author().createAndDispatch(job(project, command));
    return bench.author().await(task.getName(), Task.State.RUNNING);
  }

  private static Outcome ok(Outcome outcome) {
    assertThat(outcome.status()).as("%s", outcome).isZero();
    return outcome;
  }
}
