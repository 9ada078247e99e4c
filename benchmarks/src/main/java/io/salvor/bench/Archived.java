package io.salvor.bench;

import io.salvor.domain.id.TaskId;
import io.salvor.sqlite.Archive;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.sqlite.TaskCondition;
import io.salvor.sqlite.TaskCursor;
import io.salvor.sqlite.TaskOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A store whose history is archived against the same store without: bytes, reading, and appends
/// while it is being archived.
final class Archived implements Measurement {
  private static final int PAGE = 100;
  private static final long BREATH_MILLIS = 50;
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    Path plainHome = scratch.folder("plain");
    Path packedHome = scratch.folder("packed");
    var _ = ClosedTasks.fill(plainHome, scale.records());
    Path database = StoreFiles.in(packedHome).database();
    Files.createDirectories(database.resolveSibling("."));
    Files.copy(StoreFiles.in(plainHome).database(), database);
    try (var plain = open(plainHome);
        var packed = open(packedHome)) {
      appends(scale, plain, packed, report);
      while (packed.archive().pack(LATER)) {}
      while (packed.freePages().giveBack()) {}
      bytes(scratch, plain, packed, report);
      reading(scale, plain, packed, report);
    }
  }

  private static SqliteStore open(Path home) {
    return SqliteStore.open(
        StoreFiles.in(home), SqliteStore.Settings.DEFAULT, InstantSource.system());
  }

  private static void appends(Scale scale, SqliteStore plain, SqliteStore packed, Report report)
      throws InterruptedException {
    int records = scale.pick(100, 10_000);
    var without = new Samples();
    var during = new Samples();
    var segments = new Samples();
    for (int i = 0; i < scale.turns(); i++) {
      without.add(perSecond(plain, records));
      var enough = new CountDownLatch(1);
      Thread archiving =
          Thread.ofPlatform().name("archiving").start(() -> archive(packed, enough, segments));
      during.add(perSecond(packed, records));
      enough.countDown();
      archiving.join();
    }
    report.ratio(
        "records appended while old ones are archived, over without",
        during.median(),
        without.median(),
        "/s",
        "");
    report.plain("one segment, read, packed, checked and moved", segments.median(), "ms", "");
  }

  private static double perSecond(SqliteStore store, int records) {
    long began = System.nanoTime();
    long written = ClosedTasks.fill(store, store.records().lastSeq() + records).records();
    return written / ((System.nanoTime() - began) / 1e9);
  }

  /// As a server does it.
  private static void archive(SqliteStore store, CountDownLatch enough, Samples segments) {
    Archive archive = store.archive();
    boolean more = true;
    try {
      while (more) {
        long began = System.nanoTime();
        more = archive.pack(LATER);
        segments.add((System.nanoTime() - began) / 1e6);
        more &= !enough.await(BREATH_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void bytes(Scratch scratch, SqliteStore plain, SqliteStore packed, Report report)
      throws IOException {
    report.ratio(
        "bytes of a copy of the store, archived, %,d records, over not"
            .formatted(packed.records().lastSeq()),
        copied(packed, scratch.root().resolve("packed.db")),
        copied(plain, scratch.root().resolve("plain.db")),
        "B",
        "");
  }

  private static double copied(SqliteStore store, Path copy) throws IOException {
    store.copyTo(copy);
    return Files.size(copy);
  }

  private static void reading(Scale scale, SqliteStore plain, SqliteStore packed, Report report) {
    List<TaskId> tasks =
        plain
            .tasks()
            .page(TaskCondition.ALWAYS, TaskCursor.first(TaskOrder.OLDEST_FIRST, PAGE))
            .rows()
            .stream()
            .map(it -> it.task().id())
            .toList();
    int pages = scale.pick(5, 300);
    compared(
        scale,
        "a page of %d old records, archived, over not".formatted(PAGE),
        pages,
        report,
        () -> pages(plain, pages),
        () -> pages(packed, pages));
    compared(
        scale,
        "the records of an old task, archived, over not",
        tasks.size(),
        report,
        () -> tasks(plain, tasks),
        () -> tasks(packed, tasks));
    compared(
        scale,
        "a look at the whole store, archived, over not",
        1,
        report,
        () -> look(plain),
        () -> look(packed));
  }

  private static void compared(
      Scale scale, String figure, int times, Report report, Runnable plain, Runnable packed) {
    var without = new Samples();
    var with = new Samples();
    for (int i = 0; i < scale.turns(); i++) {
      without.add(millis(plain) / times);
      with.add(millis(packed) / times);
    }
    report.ratio(figure, with.median(), without.median(), "ms", "");
  }

  private static double millis(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e6;
  }

  private static void pages(SqliteStore store, int count) {
    var random = new Random(7);
    long last = Math.max(1, store.records().lastSeq() - 2L * PAGE);
    for (int i = 0; i < count; i++) {
      if (store.records().page(random.nextLong(last), PAGE).size() != PAGE) {
        throw new IllegalStateException("a page is not full");
      }
    }
  }

  private static void tasks(SqliteStore store, List<TaskId> tasks) {
    for (TaskId it : tasks) {
      if (store.records().page(it, 0, PAGE).isEmpty()) {
        throw new IllegalStateException(it + " has no records");
      }
    }
  }

  private static void look(SqliteStore store) {
    List<String> problems = store.examine().problems();
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the store is not sound: " + problems);
    }
  }
}
