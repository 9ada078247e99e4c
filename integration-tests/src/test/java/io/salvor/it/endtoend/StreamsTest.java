package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Collected;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.Record;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.StreamOutputResponse;
import io.salvor.v1.StreamRecordsRequest;
import io.salvor.v1.Task;
import io.salvor.v1.WatchTaskRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Streams that break with the server and go on from a cursor with the next one.
final class StreamsTest {
  @AutoClose private static final Bench bench = Bench.started("streams");

  private final ScratchProject project = bench.project();

  @Test
  void records_are_streamed_without_a_gap_across_a_kill_of_the_server_Z27() {
    Task task = bench.author().create(job(project, Scripts.exits(0)));
    try (var before = Collected.records(bench.author(), "", 0)) {
      comments(task, 30);
      before.awaitSize(10);
      bench.killServer();
      before.awaitBroken();

      bench.start();
      try (var after = Collected.records(bench.author(), "", before.cursor())) {
        comments(task, 30);
        long last =
            bench
                .author()
                .instance()
                .getStatus(io.salvor.v1.GetStatusRequest.getDefaultInstance())
                .getRecords();
        after.awaitCursor(last);
        List<Record> all = new ArrayList<>(before.records());
        all.addAll(after.records());
        // The server writes of its own accord as well: there may be more by now, but no gap.
        assertThat(all.stream().map(Record::getSeq))
            .hasSizeGreaterThanOrEqualTo((int) last)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, all.size()).boxed().toList());
      }
    }
  }

  @Test
  void records_of_one_task_and_its_attempts_come_in_order_and_nothing_else_does_Z27() {
    Task other = bench.author().create(job(project, Scripts.exits(0)));
    Task task = bench.author().createAndDispatch(job(project, Scripts.counts(5, "0")));
    bench.author().await(task.getName(), Task.State.REVIEW);
    comments(other, 1);
    try (var stream = Collected.records(bench.author(), task.getName(), 0)) {
      stream.awaitKind("salvor.review.asked.v1");
      assertThat(stream.records()).allMatch(it -> it.getThread().startsWith(task.getName()));
      assertThat(stream.records().stream().map(Record::getSeq)).isSorted();
      assertThat(stream.records().stream().map(Record::getKind))
          .contains("salvor.task.created.v1", "salvor.attempt.ended.v1");
    }
  }

  @Test
  void a_watch_goes_on_from_its_cursor_after_a_kill_and_misses_no_last_change_Z27() {
    Gate gate = bench.gate();
    Task task =
        bench.author().createAndDispatch(job(project, Scripts.waitsAndCommits(gate, "w.txt")));
    try (var before = Collected.watch(bench.author(), task.getName(), 0)) {
      before.awaitState(Task.State.RUNNING);
      bench.killServer();
      before.awaitBroken();

      bench.start();
      try (var after = Collected.watch(bench.author(), task.getName(), before.cursor())) {
        gate.open();
        after.awaitState(Task.State.REVIEW);
      }
    }
  }

  @Test
  void a_server_that_is_stopped_tells_those_who_follow_that_it_ends() {
    Task task = bench.author().create(job(project, Scripts.exits(0)));
    try (var watch = Collected.watch(bench.author(), task.getName(), 0)) {
      watch.awaitState(Task.State.READY);
      assertThat(bench.server().stop()).isIn(0, 143);
      watch.awaitBroken();
      Refused end = Refused.of(watch.end().orElseThrow());
      assertThat(end.status()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(end.reason()).isEqualTo(ErrorReason.Code.SHUTTING_DOWN);
    }
    bench.start();
  }

  @Test
  void a_watch_from_the_last_cursor_does_not_repeat_what_is_known_Z27() {
    Task task = bench.author().create(job(project, Scripts.exits(0)));
    try (var first = Collected.watch(bench.author(), task.getName(), 0)) {
      first.awaitState(Task.State.READY);
      try (var second = Collected.watch(bench.author(), task.getName(), first.cursor())) {
        comments(task, 1);
        second.awaitSize(1);
        assertThat(second.tasks().getFirst().getEtag()).isNotEqualTo(task.getEtag());
      }
    }
  }

  @Test
  void a_cursor_that_the_log_has_not_come_to_is_refused_and_the_last_one_is_not_Z27() {
    Client author = bench.author();
    Task task = author.create(job(project, Scripts.exits(0)));
    long last = author.instance().getStatus(GetStatusRequest.getDefaultInstance()).getRecords();
    for (long more : new long[] {1, 99_999}) {
      long beyond = last + more;
      List<ThrowingCallable> calls =
          List.of(
              () -> author.records().streamRecords(records(beyond)).hasNext(),
              () -> author.records().streamRecords(records(beyond, true)).hasNext(),
              () ->
                  author
                      .records()
                      .listRecords(ListRecordsRequest.newBuilder().setAfterSeq(beyond).build()),
              () ->
                  author
                      .observation()
                      .streamEvents(StreamEventsRequest.newBuilder().setAfterSeq(beyond).build())
                      .hasNext(),
              () ->
                  author
                      .tasks()
                      .watchTask(
                          WatchTaskRequest.newBuilder()
                              .setName(task.getName())
                              .setCursor(beyond)
                              .build())
                      .hasNext());
      assertThat(calls)
          .map(Refused::of)
          .allSatisfy(refused -> {
            assertThat(refused.reason()).isEqualTo(ErrorReason.Code.CURSOR_BEYOND_END);
            assertThat(refused.status()).isEqualTo(Status.Code.OUT_OF_RANGE);
          });
    }
    assertThat(author.records().streamRecords(records(last)).hasNext()).isFalse();
  }

  private static StreamRecordsRequest records(long after) {
    return records(after, false);
  }

  private static StreamRecordsRequest records(long after, boolean follow) {
    return StreamRecordsRequest.newBuilder().setAfterSeq(after).setFollow(follow).build();
  }

  @Test
  void output_of_any_bytes_is_streamed_from_any_offset_across_a_kill_Z10() throws IOException {
    Gate gate = bench.gate();
    Task task =
        bench.author().createAndDispatch(job(project, Scripts.writesAnyBytes(300_000, gate)));
    var heard = new ByteArrayOutputStream();
    long offset = readSome(task, 0, heard);
    bench.restartAfterKill();
    gate.open();
    bench.author().await(task.getName(), Task.State.REVIEW);
    readToEnd(task, offset, heard);
    assertThat(heard.toByteArray())
        .isEqualTo(Files.readAllBytes(bench.recorder(task, 1).resolve("stdout")))
        .endsWith("torn".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Test
  void a_single_line_without_an_end_neither_stops_the_agent_nor_fills_memory_Z10() {
    Task task =
        bench
            .author()
            .createAndDispatch(job(project, Scripts.writesOneLongLine(40_000_000, "after it all")));
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttempts(0).getEnding().getCodepath()).isEqualTo("result_event");
    assertThat(reviewed.getAttempts(0).getEnding().getDetail()).isEqualTo("after it all");
  }

  private long readSome(Task task, long offset, ByteArrayOutputStream heard) {
    bench.author().await(task.getName(), Task.State.RUNNING);
    long next = offset;
    Iterator<StreamOutputResponse> chunks =
        bench.author().records().streamOutput(output(task, offset, true));
    while (heard.size() < 150_000 && chunks.hasNext()) {
      StreamOutputResponse chunk = chunks.next();
      assertThat(chunk.getOffset()).isEqualTo(next);
      heard.writeBytes(chunk.getData().toByteArray());
      next = chunk.getNextOffset();
    }
    return next;
  }

  private void readToEnd(Task task, long offset, ByteArrayOutputStream heard) {
    bench
        .author()
        .records()
        .streamOutput(output(task, offset, true))
        .forEachRemaining(it -> heard.writeBytes(it.getData().toByteArray()));
  }

  private static StreamOutputRequest output(Task task, long offset, boolean follow) {
    return StreamOutputRequest.newBuilder()
        .setName(task.getName() + "/attempts/1")
        .setOffset(offset)
        .setFollow(follow)
        .build();
  }

  private static void comments(Task task, int count) {
    for (int i = 0; i < count; i++) {
      bench
          .author()
          .tasks()
          .commentTask(
              CommentTaskRequest.newBuilder()
                  .setName(task.getName())
                  .setText("comment " + i)
                  .build());
    }
  }
}
