package io.salvor.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.ScratchProject;
import io.salvor.v1.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The forms that scripts outside this repository call, and the numbers that they rely on.
final class CommandLineTest {
  @AutoClose private static final Bench bench = Bench.idle("command-line");

  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");

  @Test
  void the_main_job_is_done_with_the_documented_commands() throws InvalidProtocolBufferException {
    bench.configured("listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n");
    Outcome before = salvor.run("task", "list");
    assertThat(before.status()).isEqualTo(8);
    assertThat(before.err()).contains("salvor serve");

    ok(salvor.run("serve"));
    try {
      ok(salvor.run("status"));
      Outcome added =
          ok(
              salvor.run(
                  "task",
                  "add",
                  "Add a file",
                  "--agent",
                  "command",
                  "-o",
                  "json",
                  "--",
                  "sh",
                  "-c",
                  "echo new >new.txt; git add .; git commit -qm New"));
      String id = task(added).getDisplayId();
      ok(salvor.run("task", "dispatch", id, "--wait"));
      Task reviewed = task(ok(salvor.run("task", "show", id, "-o", "json")));
      assertThat(reviewed.getState()).isEqualTo(Task.State.REVIEW);
      assertThat(reviewed.getProject()).isEqualTo(project.root().toString());
      assertThat(ok(salvor.run("task", "diagnose", id)).out()).contains(id);

      assertThat(salvor.as("agent:command").run("task", "approve", id).status()).isEqualTo(5);
      ok(salvor.as("user:reviewer").run("task", "approve", id, "--merge"));
      assertThat(project.root().resolve("new.txt")).exists();
      assertThat(task(ok(salvor.run("task", "show", id, "-o", "json"))).getState())
          .isEqualTo(Task.State.MERGED);

      assertThat(salvor.run("task", "show", "TASK-0999").status()).isEqualTo(3);
      assertThat(salvor.run("task", "dispatch", id).status()).isEqualTo(4);
      assertThat(salvor.run("task", "no-such-word").status()).isEqualTo(2);
    } finally {
      ok(salvor.run("stop"));
    }
    assertThat(address()).doesNotExist();
    assertThat(salvor.run("status").status()).isEqualTo(8);
  }

  private static Path address() {
    return bench.home().resolve("run").resolve("address");
  }

  private static Outcome ok(Outcome outcome) {
    assertThat(outcome.status()).as("%s", outcome).isZero();
    return outcome;
  }

  private static Task task(Outcome outcome) throws InvalidProtocolBufferException {
    var task = Task.newBuilder();
    JsonFormat.parser().merge(outcome.out(), task);
    return task.build();
  }
}
