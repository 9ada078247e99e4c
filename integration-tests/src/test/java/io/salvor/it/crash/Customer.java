package io.salvor.it.crash;

import io.grpc.StatusRuntimeException;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Insisting;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps a server busy: has tasks done, comments on some and cancels a few, repeats every call
/// until it is answered, and notes every answer.
final class Customer implements Runnable {
  private static final List<StormAgent> AGENTS = List.of(StormAgent.values());

  private static final String OPEN = "state=(READY OR QUEUED OR CLAIMED OR RUNNING OR STOPPING)";

  private final int number;
  private final Path notes;
  private final List<ScratchProject> projects;
  private final Random random;
  private final Ledger ledger;
  private final int share;
  private final CountDownLatch over;
  private final Insisting server;
  private int made;

  /// @param share how many tasks it keeps open
  /// @param over until when
  Customer(int number, Scene scene, Random random, Ledger ledger, int share, CountDownLatch over) {
    this.number = number;
    this.notes = scene.notes();
    this.projects = scene.projects();
    this.random = random;
    this.ledger = ledger;
    this.share = share;
    this.over = over;
    this.server = new Insisting(scene.socket(), "user:customer-" + number);
  }

  /// Where a storm takes place.
  ///
  /// @param notes where agents write themselves down
  record Scene(Path socket, Path notes, List<ScratchProject> projects) {}

  @Override
  public void run() {
    try (server) {
      while (!over.await(20, TimeUnit.MILLISECONDS)) {
        List<Task> open = open();
        if (open.size() < share) {
          order();
        } else {
          bother(open.get(random.nextInt(open.size())));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Task> open() {
    var request = ListTasksRequest.newBuilder().setFilter(OPEN).setPageSize(1000).build();
    return server.ask(it -> it.tasks().listTasks(request)).getTasksList().stream()
        .filter(it -> it.getCreator().equals("user:customer-" + number))
        .toList();
  }

  private void order() {
    StormAgent agent = AGENTS.get(random.nextInt(AGENTS.size()));
    String title = "Storm " + number + "-" + ++made;
    ledger.asking(title, agent);
    boolean atOnce = random.nextBoolean();
    ScratchProject project = projects.get(random.nextInt(projects.size()));
    var request =
        CreateTaskRequest.newBuilder()
            .setTask(Bench.job(project, agent.command(notes, random)).setTitle(title))
            .setDispatch(atOnce)
            .setRequestId(id())
            .build();
    Task task = server.ask(it -> it.tasks().createTask(request));
    ledger.created(title, task.getName());
    if (!atOnce) {
      var dispatch =
          DispatchTaskRequest.newBuilder().setName(task.getName()).setRequestId(id()).build();
      server.ask(it -> it.tasks().dispatchTask(dispatch));
    }
  }

  private void bother(Task task) {
    if (random.nextInt(12) == 0) {
      cancel(task);
    } else if (random.nextInt(3) == 0) {
      comment(task);
    }
  }

  private void cancel(Task task) {
    var request = CancelTaskRequest.newBuilder().setName(task.getName()).setRequestId(id()).build();
    try {
      server.ask(it -> it.tasks().cancelTask(request));
      ledger.cancelled(task.getName());
    } catch (StatusRuntimeException e) {
      onlyBecauseItIsOver(e);
    }
  }

  private void comment(Task task) {
    String text = "comment " + id();
    var request =
        CommentTaskRequest.newBuilder()
            .setName(task.getName())
            .setText(text)
            .setRequestId(id())
            .build();
    server.ask(it -> it.tasks().commentTask(request));
    ledger.commented(text);
  }

  private static void onlyBecauseItIsOver(StatusRuntimeException e) {
    if (Refused.of(e).reason() != ErrorReason.Code.WRONG_STATE) {
      throw e;
    }
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
