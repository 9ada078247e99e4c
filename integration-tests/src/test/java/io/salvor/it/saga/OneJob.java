package io.salvor.it.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Insisting;
import io.salvor.it.harness.Keeper;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.Attempt;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// A whole job, from its creation to its merge, by callers who ask until they are answered, while a
/// server that dies is replaced. Whatever died on the way, it must end as if nothing had.
final class OneJob {
  private final Bench bench;
  private final ScratchProject project;
  private final Path notes;

  OneJob(Bench bench) {
    this.bench = bench;
    this.project = bench.project();
    this.notes = bench.fresh("notes");
  }

  /// Plays it once.
  ///
  /// @param where for whoever reads that it failed
  /// @return how many servers it took beyond the first
  int play(String where) throws IOException {
    String file = UUID.randomUUID() + ".txt";
    Path socket = bench.server().address().socket();
    try (Keeper keeper = Keeper.of(bench);
        Insisting author = new Insisting(socket, "user:author");
        Insisting reviewer = new Insisting(socket, "user:reviewer")) {
      Task made = author.ask(it -> it.tasks().createTask(creation(file)));
      Task reviewed = awaitState(author, made, Task.State.REVIEW, where);
      var approval =
          ApproveTaskRequest.newBuilder()
              .setName(made.getName())
              .setCommit(reviewed.getWorkspace().getHead())
              .setMerge(true)
              .setRequestId(UUID.randomUUID().toString())
              .build();
      reviewer.ask(it -> it.tasks().approveTask(approval));
      Task merged = awaitState(author, made, Task.State.MERGED, where);
      assertDoneOnce(merged, file, where);
      return keeper.restarts();
    }
  }

  private CreateTaskRequest creation(String file) {
    return CreateTaskRequest.newBuilder()
        .setTask(Bench.job(project, command(file)))
        .setDispatch(true)
        .setRequestId(UUID.randomUUID().toString())
        .build();
  }

  /// Its git is not the one that a test may have put before the server's.
  private List<String> command(String file) {
    return Scripts.script(
        """
        PATH=/usr/bin:/bin
        echo "$SALVOR_ATTEMPT" >>"$2"
        echo '{"salvor":"progress","text":"begun"}'
        echo "$1" >"$1"; git add -- "$1"; git commit -q -m "Add $1"
        echo '{"salvor":"result","status":"success","text":"done"}'
        """,
        file,
        notes.toString());
  }

  private static Task awaitState(Insisting caller, Task task, Task.State wanted, String where) {
    var get = GetTaskRequest.newBuilder().setName(task.getName()).build();
    Await.until(
        wanted + " after a kill at " + where,
        () -> {
          Task now = caller.ask(it -> it.tasks().getTask(get));
          if (now.getState() == Task.State.FAILED) {
            throw new AssertionError("a kill at " + where + " made it fail: " + now);
          }
          return now.getState() == wanted;
        });
    return caller.ask((Client it) -> it.tasks().getTask(get));
  }

  private void assertDoneOnce(Task merged, String file, String where) throws IOException {
    assertThat(merged.getAttemptsList().stream().filter(Attempt::getAgentStarted))
        .as("attempts that ran, after a kill at %s: %s", where, merged)
        .hasSize(1);
    assertThat(Files.readAllLines(notes))
        .as("starts of the agent, after a kill at %s", where)
        .filteredOn(it -> it.startsWith(merged.getUid()))
        .hasSize(1);
    assertThat(project.git("rev-parse", "main"))
        .as("the target, after a kill at %s", where)
        .isEqualTo(merged.getTargetCommit());
    assertThat(project.root().resolve(file)).exists();
    assertThat(project.git("status", "--porcelain"))
        .as("the main checkout, after a kill at %s", where)
        .isEmpty();
    assertThat(Survivors.ofTask(merged.getUid())).as("after a kill at %s", where).isEmpty();
  }
}
