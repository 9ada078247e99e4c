package io.salvor.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.ScratchProject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What an operator does at night: finds what died, looks at it, and sets all of it going again.
final class ManyTasksTest {
  @AutoClose private static final Bench bench = Bench.idle("many-tasks");

  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");

  @AfterEach
  void stop() {
    salvor.run("stop", "--cancel");
  }

  private String added(String title, String script) {
    return ok(salvor.run(
            "task",
            "add",
            title,
            "--dispatch",
            "--wait",
            "--agent",
            "command",
            "-o",
            "jsonl",
            "--",
            "sh",
            "-c",
            script))
        .replaceAll("(?s).*\"displayId\":\"(TASK-\\d+)\".*", "$1");
  }

  private static String ok(Outcome outcome) {
    assertThat(outcome.status()).as("%s", outcome).isIn(0, 1);
    return outcome.out();
  }

  private List<String> ids(String... more) {
    var words = new java.util.ArrayList<>(List.of("task", "list"));
    words.addAll(List.of(more));
    return ok(salvor.run(words.toArray(String[]::new)))
        .lines()
        .filter(it -> it.startsWith("TASK-"))
        .map(it -> it.substring(0, 9))
        .toList();
  }

  @Test
  void what_died_alike_is_found_by_a_filter_and_resumed_by_one_command() {
    bench.configured("listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\nmax_concurrent = 2\n");
    assertThat(ok(salvor.run("config", "show"))).containsPattern("max_concurrent +2 +file ");
    ok(salvor.run("serve"));
    assertThat(ok(salvor.run("config", "show"))).containsPattern("max_concurrent +2 +file ");
    assertThat(ok(salvor.run("status"))).contains("available").contains("resident");

    String once =
        "if [ -e tried ]; then git commit -qm Done --allow-empty; else >tried; exit 7; fi";
    String first = added("Breaks once", once);
    String second = added("Breaks once too", once);
    String good = added("Does well", "git commit -qm Done --allow-empty");

    String died = "reason=subprocess_exited_nonzero since=1h";
    assertThat(ids("--filter", died)).containsExactly(first, second);
    assertThat(ids("--filter", "NOT state=FAILED")).containsExactly(good);
    assertThat(ids("--filter", "breaks", "--order-by", "display_id desc"))
        .containsExactly(second, first);
    assertThat(ids("--filter", "agent=command attempts>0 -reason=success"))
        .containsExactly(first, second);

    Outcome asked = salvor.run("task", "dispatch", "--resume", "--filter", died);
    assertThat(asked.status()).isEqualTo(2);
    assertThat(asked.err()).contains(first).contains(second).contains("--yes");
    Outcome done = salvor.run("task", "dispatch", "--resume", "--filter", died, "--yes", "--wait");
    assertThat(done.status()).as("%s", done).isZero();
    assertThat(done.out().lines()).hasSize(2).allMatch(it -> it.matches("TASK-\\d+ {2}REVIEW.*"));
    assertThat(ids("--filter", died)).isEmpty();

    Outcome own = salvor.as("agent:command").run("task", "approve", "--yes", first, second);
    assertThat(own.status()).isEqualTo(5);
    assertThat(own.out().lines()).hasSize(2).allMatch(it -> it.contains("not done: "));
    assertThat(ok(salvor.run("logs", "--actor", "agent:command", "--task", first)))
        .contains("ApproveTask: refused");
    assertThat(ok(salvor.run("task", "diff", first, "--attempt", "1", "--uncommitted")))
        .contains("diff --git a/tried b/tried");
  }
}
