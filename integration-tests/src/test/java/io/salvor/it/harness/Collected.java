package io.salvor.it.harness;

import io.grpc.StatusRuntimeException;
import io.salvor.v1.Record;
import io.salvor.v1.StreamRecordsRequest;
import io.salvor.v1.Task;
import io.salvor.v1.WatchTaskRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What a stream has said so far, gathered beside the test. Thread-safe.
public final class Collected implements AutoCloseable {
  private final List<Record> records = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final io.grpc.Context.CancellableContext context =
      io.grpc.Context.current().withCancellation();
  private long cursor;
  private boolean broken;
  private Optional<StatusRuntimeException> end = Optional.empty();

  private Collected() {}

  /// Follows records.
  ///
  /// @param thread empty for all; for a task its attempts' too
  public static Collected records(Client client, String thread, long after) {
    var collected = new Collected();
    var request =
        StreamRecordsRequest.newBuilder()
            .setThread(thread)
            .setIncludeAttempts(!thread.isEmpty())
            .setAfterSeq(after)
            .setFollow(true)
            .build();
    collected.follow(
        () -> client.records().streamRecords(request),
        it -> collected.heard(it.getRecordsList(), it.getCursor()));
    return collected;
  }

  /// Follows a task.
  public static Collected watch(Client client, String task, long cursor) {
    var collected = new Collected();
    var request = WatchTaskRequest.newBuilder().setName(task).setCursor(cursor).build();
    collected.follow(
        () -> client.tasks().watchTask(request),
        it -> collected.saw(it.hasTask() ? List.of(it.getTask()) : List.of(), it.getCursor()));
    return collected;
  }

  private <R> void follow(java.util.function.Supplier<Iterator<R>> call, Consumer<R> heard) {
    Thread.ofVirtual()
        .start(() ->
            context.run(() -> {
              try {
                call.get().forEachRemaining(heard);
              } catch (StatusRuntimeException e) {
                ended(e);
              }
              broke();
            }));
  }

  private synchronized void heard(List<Record> more, long now) {
    records.addAll(more);
    cursor = now;
  }

  private synchronized void saw(List<Task> more, long now) {
    tasks.addAll(more);
    cursor = now;
  }

  private synchronized void ended(StatusRuntimeException why) {
    end = Optional.of(why);
  }

  /// How the stream ended, where it did and said why.
  public synchronized Optional<StatusRuntimeException> end() {
    return end;
  }

  private synchronized void broke() {
    broken = true;
  }

  public synchronized List<Record> records() {
    return List.copyOf(records);
  }

  public synchronized List<Task> tasks() {
    return List.copyOf(tasks);
  }

  public synchronized long cursor() {
    return cursor;
  }

  private synchronized boolean broken() {
    return broken;
  }

  public void awaitSize(int size) {
    Await.until(size + " messages", () -> records().size() + tasks().size() >= size);
  }

  public void awaitCursor(long seq) {
    Await.until("the cursor " + seq, () -> cursor() >= seq);
  }

  public void awaitKind(String kind) {
    Await.until(kind, () -> records().stream().anyMatch(it -> it.getKind().equals(kind)));
  }

  public void awaitState(Task.State state) {
    Await.until(state.name(), () -> !tasks().isEmpty() && tasks().getLast().getState() == state);
  }

  public void awaitBroken() {
    Await.until("the stream to break", this::broken);
  }

  @Override
  public void close() {
    context.cancel(null);
  }
}
