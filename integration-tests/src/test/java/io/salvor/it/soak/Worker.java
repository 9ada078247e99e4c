package io.salvor.it.soak;

import io.grpc.StatusRuntimeException;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Insisting;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.ApproveTaskRequest;
import io.salvor.v1.CancelTaskRequest;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.GetTaskRequest;
import io.salvor.v1.RemoveWorkspaceRequest;
import io.salvor.v1.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Has tasks done, one after the other, sees each to its end and tidies up after it.
final class Worker implements Runnable {
  private final ScratchProject project;
  private final Random random;
  private final Insisting author;
  private final Insisting reviewer;
  private final Books books;
  private int made;

  /// What all workers write down.
  ///
  /// @param made all tasks
  /// @param open those that are under way
  /// @param over until when new tasks are made
  record Books(
      Set<String> made,
      Set<String> open,
      LongAdder merged,
      LongAdder cancelled,
      LongAdder kept,
      CountDownLatch over) {
    static Books fresh() {
      return new Books(
          ConcurrentHashMap.newKeySet(),
          ConcurrentHashMap.newKeySet(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new CountDownLatch(1));
    }
  }

  Worker(Path socket, ScratchProject project, Random random, Books books) {
    this.project = project;
    this.random = random;
    this.author = new Insisting(socket, "user:author");
    this.reviewer = new Insisting(socket, "user:reviewer");
    this.books = books;
  }

  @Override
  public void run() {
    try (author;
        reviewer) {
      while (!books.over().await(0, TimeUnit.SECONDS)) {
        oneTask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void oneTask() {
    UUID uid =
        new UUID((random.nextLong() & ~0xf000L) | 0x4000L, (random.nextLong() >>> 2) | (1L << 63));
    String file = "f-" + Long.toHexString(random.nextLong()) + "-" + ++made;
    Task.Builder job = Bench.job(project, agent(file)).setTitle(file).setUid(uid.toString());
    var request =
        CreateTaskRequest.newBuilder().setTask(job).setDispatch(true).setRequestId(id()).build();
    Task task = author.ask(it -> it.tasks().createTask(request));
    books.open().add(task.getUid());
    books.made().add(task.getUid());
    Task rests = rest(task, random.nextInt(8) == 0 ? 1 : 120);
    if (rests.getState() == Task.State.REVIEW) {
      merge(task);
    } else if (rests.getState() != Task.State.CANCELLED) {
      cancel(task);
    }
    tidyUp(task);
    books.open().remove(task.getUid());
  }

  private List<String> agent(String file) {
    return switch (random.nextInt(8)) {
      case 0 -> Scripts.exits(3);
      case 1 -> Scripts.hangs();
      case 2 -> Scripts.leavesGrandchildren();
      case 3 -> Scripts.counts(40, "0.05");
      case 4 -> Scripts.writesOneLongLine(1_000_000, "after it all");
      case 5 -> Scripts.commitsAndLeaves(file, "left-" + file);
      case 6 -> Scripts.script("for i in 1 2 3 4; do (setsid sleep 300 &); done; echo said");
      default -> Scripts.commits(file);
    };
  }

  /// Waits until it needs a person, at most so many seconds.
  private Task rest(Task task, int seconds) {
    Task now = get(task);
    for (int i = 0; i < seconds * 4 && !Client.RESTING.contains(now.getState()); i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
      now = get(task);
    }
    return now;
  }

  private Task get(Task task) {
    var request = GetTaskRequest.newBuilder().setName(task.getName()).build();
    return author.ask(it -> it.tasks().getTask(request));
  }

  private void merge(Task task) {
    var request =
        ApproveTaskRequest.newBuilder()
            .setName(task.getName())
            .setMerge(true)
            .setRequestId(id())
            .build();
    try {
      Task _ = reviewer.ask(it -> it.tasks().approveTask(request));
    } catch (StatusRuntimeException e) {
      cancel(task);
      return;
    }
    for (int i = 0; i < 240 && get(task).getState() == Task.State.MERGING; i++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
    }
    if (get(task).getState() == Task.State.MERGED) {
      books.merged().increment();
    } else {
      cancel(task);
    }
  }

  private void cancel(Task task) {
    var request = CancelTaskRequest.newBuilder().setName(task.getName()).setRequestId(id()).build();
    try {
      Task _ = author.ask(it -> it.tasks().cancelTask(request));
    } catch (StatusRuntimeException e) {
      // it ended meanwhile
    }
    Task now = rest(task, 120);
    if (now.getState() == Task.State.CANCELLED) {
      books.cancelled().increment();
    }
  }

  private void tidyUp(Task task) {
    var request =
        RemoveWorkspaceRequest.newBuilder().setName(task.getName() + "/workspace").build();
    try {
      var _ = author.ask(it -> it.workspaces().removeWorkspace(request));
    } catch (StatusRuntimeException e) {
      books.kept().increment();
    }
  }

  private String id() {
    return Long.toHexString(random.nextLong());
  }
}
