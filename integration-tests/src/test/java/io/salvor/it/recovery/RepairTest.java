package io.salvor.it.recovery;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Work that does not pass the project's gates.
final class RepairTest {
  @AutoClose private static final Bench bench = Bench.idle("repair");

  private static final ScratchProject project = bench.project();

  static {
    String gate = "cat verdict.txt 2>&1; grep -q good verdict.txt";
    bench.configured("[projects.\"%s\"]\ngates = ['%s']\n".formatted(project.root(), gate)).start();
  }

  @Test
  void an_agent_is_given_what_the_gate_said_and_repairs_it() throws IOException {
    Path prompt = bench.fresh("prompt");
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                    project,
                    Scripts.script(
                        """
                        cat >"$1"
                        if grep -q 'a check of the project does not pass' "$1"; then echo good >verdict.txt
                        else echo "so and so" >verdict.txt; fi
                        git add . && git commit -qm Verdict
                        """,
                        prompt.toString())));
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsList()).hasSize(2);
    assertThat(Files.readString(prompt)).contains("so and so");
  }

  @Test
  void a_task_may_bring_a_gate_of_its_own() {
    ScratchProject free = bench.project();
    var salvor = new CommandLine(bench.home(), free.root(), "user:author");
    String id =
        salvor
            .run(
                "task",
                "add",
                "Two files",
                "--agent",
                "command",
                "--dispatch",
                "--gate",
                "test -e one,two",
                "--gate",
                "test -e three",
                "--",
                "sh",
                "-c",
                "n=one,two; [ -e $n ] && n=three; echo >$n; git add .; git commit -qm $n")
            .out()
            .strip();
    Task added = bench.author().get("tasks/" + id);
    assertThat(added.getGatesList()).containsExactly("test -e one,two", "test -e three");
    Task reviewed = bench.author().await(added.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsList()).hasSize(2);
  }

  @Test
  void the_same_failure_again_stops_the_repair_and_asks_a_person_Z20() {
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(project, Scripts.script("date >>log.txt; git add .; git commit -qm Log")));
    Task stuck = bench.author().await(task.getName(), Task.State.NEEDS_FIX);
    assertThat(stuck.getAttemptsList()).hasSize(2);
    assertThat(stuck.getStateDetail()).contains("verdict.txt");
  }
}
