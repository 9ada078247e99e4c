package io.salvor.it.field;

import static io.salvor.it.harness.Bench.job;
import static io.salvor.it.harness.Scripts.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Shell;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.MergeTaskRequest;
import io.salvor.v1.Recovery;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Agents that repeat themselves, write rubbish, or leave their number to somebody else.
final class UnrulyAgentsTest {
  private static final int MOST_TRIES = 300;

  @AutoClose private static final Bench bench = Bench.started("unruly-agents");

  private final ScratchProject project = bench.project();

  /// A kill that is meant for an agent stops an unrelated process group.
  @Test
  void who_has_a_dead_agents_number_is_not_killed_for_it_F041() throws Exception {
    Task hung = running(Scripts.hangs());
    Task ending = running(script("trap '' TERM; echo deaf; while :; do sleep 0.2; done"));
    bench
        .author()
        .tasks()
        .cancelTask(CancelTaskRequest.newBuilder().setName(ending.getName()).build());
    Await.until(
        "its ending to begin",
        () -> bench.author().get(ending.getName()).getState() == Task.State.STOPPING);
    bench.killAll();

    List<Process> strangers =
        Stream.of(strangerAt(hung), strangerAt(ending)).flatMap(Optional::stream).toList();
    try {
      bench.start();
      assumeTrue(strangers.size() == 2, "the number of a process cannot be chosen here");
      bench.author().await(hung.getName(), Task.State.FAILED);
      bench.author().await(ending.getName(), Task.State.CANCELLED);
      assertThat(strangers).allMatch(Process::isAlive);
    } finally {
      strangers.forEach(Process::destroyForcibly);
    }
  }

  /// A process that leads a session and a group under the number that the agent had; empty where
  /// others were quicker, or numbers cannot be chosen.
  private static Optional<Process> strangerAt(Task task) throws Exception {
    long wanted = task.getAttempts(0).getPid();
    for (int i = 0; i < MOST_TRIES; i++) {
      Process process =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  "echo $(($1 - 1)) >/proc/sys/kernel/ns_last_pid || exit 1; setsid sleep 1000 &"
                      + " echo $!; wait",
                  "stranger",
                  Long.toString(wanted))
              .start();
      String pid = process.inputReader().readLine();
      if (pid != null && Long.parseLong(pid) == wanted) {
        return Optional.of(process);
      }
      Optional.ofNullable(pid)
          .flatMap(it -> ProcessHandle.of(Long.parseLong(it)))
          .ifPresent(ProcessHandle::destroyForcibly);
      process.waitFor();
    }
    return Optional.empty();
  }

  /// Productive debugging is killed and requeued as a loop.
  @Test
  void three_hundred_calls_with_ever_other_results_are_no_loop_F045() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                    project,
                    script(
                        """
                        call() { printf '{"salvor":"tool_call","id":"%s","tool":"%s","input":%s}\\n' "$1" "$2" "$3"
                                 printf '{"salvor":"tool_result","id":"%s","ok":%s,"output":"%s"}\\n' "$1" "$4" "$5"; }
                        i=0
                        while [ $i -lt 100 ]; do
                          i=$((i + 1))
                          call "e$i" Edit '{"file":"a.c","new":"try '$i'"}' true ok
                          call "t$i" Bash '{"command":"make test"}' false "$((100 - i)) tests fail"
                        done
                        while [ $i -lt 140 ]; do
                          i=$((i + 1))
                          call "e$i" Edit '{"file":"a.c","new":"try '$i'"}' true ok
                          call "t$i" Bash '{"command":"make test"}' false "1 test fails"
                        done
                        for poll in 1 2; do call "p$poll" Bash '{"command":"curl ci"}' true building; done
                        call p3 Bash '{"command":"curl ci"}' true passed
                        git commit -q --allow-empty -m Debugged
                        printf '{"salvor":"result","status":"success","text":"debugged"}\\n'
                        """)));
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsList()).hasSize(1);
    assertThat(reviewed.getAttempts(0).getEnding().getReason()).isEqualTo("success");
  }

  /// The same command 58 times in a row, in five tasks of six.
  @Test
  void a_batch_that_repeats_itself_is_stopped_told_so_once_and_kept_F047() throws IOException {
    String loop =
        """
        cat >>"$1"; echo >>"$1"
        i=0
        while [ $i -lt 58 ]; do
          i=$((i + 1)); sleep 0.3
          printf '{"salvor":"tool_call","id":"%d","tool":"Bash","input":{"command":"ls src"}}\\n' $i
          printf '{"salvor":"tool_result","id":"%d","ok":true,"output":"main.c"}\\n' $i
        done
        echo 58 >>"$1"
        """;
    List<java.nio.file.Path> prompts = new ArrayList<>();
    List<Task> looping = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      java.nio.file.Path prompt = bench.fresh("prompt");
      prompts.add(prompt);
      looping.add(
          bench
              .author()
              .createAndDispatch(
                  job(project, script(loop, prompt.toString()))
                      .setBrief("List it.")
                      .setRecovery(
                          Recovery.newBuilder()
                              .setMode(Recovery.Mode.AUTO)
                              .setRetryWait(Client.duration(Duration.ofSeconds(1))))));
    }
    Task sane = bench.author().createAndDispatch(job(project, Scripts.commits("sane.txt")));
    bench.author().await(sane.getName(), Task.State.REVIEW);
    for (int i = 0; i < 5; i++) {
      Task rests = bench.author().awaitRest(looping.get(i).getName());
      assertThat(rests.getState()).isEqualTo(Task.State.FAILED);
      assertThat(rests.getAttemptsList()).hasSize(2);
      assertThat(rests.getAttemptsList())
          .allMatch(it -> it.getEnding().getReason().equals("loop_detected"));
      assertThat(Files.readString(prompts.get(i))).contains("ls src").doesNotContain("58");
      assertThat(Files.readAllLines(bench.recorder(rests, 2).resolve("stdout")))
          .hasSizeBetween(6, 60);
      assertThat(diagnosed(rests)).contains("Bash");
    }
  }

  private static String diagnosed(Task task) {
    return bench
        .author()
        .tasks()
        .diagnoseTask(DiagnoseTaskRequest.newBuilder().setName(task.getName()).build())
        .toString();
  }

  /// Invalid bytes in a task's output kill the daemon.
  @Test
  void bytes_that_are_no_text_reach_every_reader_and_hurt_nobody_F071() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                    project,
                    script(
                        """
                        printf '\\377\\376\\000\\033[2J\\r\\n'
                        printf '{"salvor":"progress","text":"bad \\303( \\355\\240\\200 end"}\\n'
                        printf '{"salvor":"tool_call","id":"\\377","tool":"\\200","input":{"\\301":"\\364\\220\\200\\200"}}\\n'
                        printf '{"salvor":"tool_result","id":"\\377","ok":true,"output":"\\360\\237"}\\n'
                        printf '{"salvor":"progress","text":"\\\\ud800 \\\\u0000"}\\n'
                        printf '\\302' >&2
                        name=$(printf 'caf\\351 \\n\\"x')
                        echo x >"$name"; git add .
                        printf 'sp\\351cial \\377\\n' | git commit -qF -
                        echo left >"$(printf 'left\\376')"
                        printf '{"salvor":"result","status":"success","text":"ende \\377\\\\udfff"}\\n'
                        """)));
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    var salvor = new CommandLine(bench.home(), project.root(), "user:author");
    String id = task.getDisplayId();
    for (List<String> words :
        List.of(
            List.of("task", "show", id),
            List.of("task", "show", id, "-o", "json"),
            List.of("task", "logs", id),
            List.of("task", "diff", id),
            List.of("task", "diagnose", id),
            List.of("task", "trace", id),
            List.of("thread", "records", id),
            List.of("report"))) {
      CommandLine.Outcome outcome = salvor.run(words.toArray(String[]::new));
      assertThat(outcome.status()).as("%s: %s", words, outcome.err()).isZero();
    }
    bench.restartAfterKill();
    assertThat(Journal.of(bench.author(), task.getName()).said())
        .anyMatch(it -> it.startsWith("bad "));
    bench.reviewer().approveAndMerge(reviewed.getName());
    Await.until("a refusal", () -> bench.author().get(task.getName()).hasMergeRefusal());
    assertThat(bench.author().get(task.getName()).getStateDetail())
        .contains("not in UTF-8", "switch --detach");
    assertThat(project.git("status", "--porcelain")).isEmpty();

    project.git("switch", "-q", "--detach");
    bench
        .reviewer()
        .tasks()
        .mergeTask(MergeTaskRequest.newBuilder().setName(task.getName()).build());
    bench.author().await(task.getName(), Task.State.MERGED);
    project.git("switch", "-q", "main");
    assertThat(project.git("-c", "core.quotePath=true", "ls-files")).contains("caf\\351");
    assertThat(project.git("status", "--porcelain")).isEmpty();
    Shell.succeed(project.root(), "git", "fsck", "--no-dangling");
  }

  private Task running(List<String> command) {
    Task task = bench.author().createAndDispatch(job(project, command));
    return bench.author().await(task.getName(), Task.State.RUNNING);
  }
}
