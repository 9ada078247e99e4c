package io.salvor.bench;

import com.sun.management.OperatingSystemMXBean;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.task.TaskState;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.TaskServiceGrpc;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Tasks whose agents do nothing, from the call that makes and dispatches them to their review:
/// what Salvor itself costs.
final class NoopTasks implements Measurement {
  private static final int CONCURRENT = 4_096;
  private static final int BATCH = 512;

  private final Map<TaskId, Trace> traces = new ConcurrentHashMap<>();

  /// One task's way. Fields are written before they are read, by way of `reviewed`.
  private static final class Trace {
    final long sent = System.nanoTime();
    final CompletableFuture<Trace> reviewed = new CompletableFuture<>();
    volatile long spawned;
    volatile int batches;
  }

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    var home = new Home(scratch.root().resolve("home"));
    home.create();
    try (var store =
            SqliteStore.open(
                StoreFiles.in(home.root()), SqliteStore.Settings.DEFAULT, InstantSource.system());
        var raw = new RawTable(scratch.root().resolve("raw.db"))) {
      var log = new CountingLog(store.log(), this::durable);
      var world = new NoopWorld(task -> spawned(task, log));
      try (var server = new HandWiredServer(home, store, log, world, CONCURRENT)) {
        var run = new Run(server, log, scratch.root());
        run.tasks(BATCH, scale.pick(50, 15_000));
        measure(scale, run, raw, report);
      }
    }
  }

  private void measure(Scale scale, Run run, RawTable raw, Report report) throws Exception {
    var rates = new Samples();
    var records = new Samples();
    var rows = new Samples();
    var busy = new Samples();
    var cores = new Samples();
    var grouped = new Samples();
    var alone = new Latencies();
    var crowd = new Latencies();
    int total = scale.pick(50, 6_000);
    for (int i = 0; i < scale.pick(1, 5); i++) {
      alone.add(run.tasks(1, scale.pick(5, 150)).traces());
      Outcome outcome = run.tasks(BATCH, total);
      crowd.add(outcome.traces());
      rates.add(total / outcome.seconds());
      records.add(outcome.totals().records() / outcome.seconds());
      busy.add(100 * outcome.totals().busyNanos() / 1e9 / outcome.seconds());
      cores.add(outcome.cpuSeconds() / outcome.seconds());
      grouped.add((double) outcome.totals().records() / outcome.totals().batches());
      rows.add(rows(raw, total));
    }
    report.plain("no-op tasks, 512 in flight", rates.median(), "/s", "≥ 3,000 /s");
    report.ratio(
        "records of no-op tasks over raw SQLite rows", records.median(), rows.median(), "/s", "");
    report.plain("records of a no-op task", records.median() / rates.median(), "", "");
    report.plain("records in a batch", grouped.median(), "", "");
    report.plain("share of time in which the writer writes", busy.median(), "%", "");
    report.plain("cores in use, client and server", cores.median(), "", "");
    alone.tell("1 in flight", report);
    crowd.tell("512 in flight", report);
  }

  private static double rows(RawTable raw, int total) throws Exception {
    List<byte[]> batch = Collections.nCopies(BATCH, new byte[256]);
    long began = System.nanoTime();
    int done = 0;
    for (; done < total; done += BATCH) {
      raw.append(batch);
    }
    return done / ((System.nanoTime() - began) / 1e9);
  }

  private void spawned(TaskId task, CountingLog log) {
    Trace trace = traces.get(task);
    if (trace != null) {
      trace.batches = log.batchesOf(task);
      trace.spawned = System.nanoTime();
    }
  }

  private void durable(OpenThread thread) {
    if (thread.task().state() instanceof TaskState.Review) {
      Optional.ofNullable(traces.remove(thread.task().id()))
          .ifPresent(trace -> trace.reviewed.complete(trace));
    }
  }

  /// How long submitted tasks waited for their agents to start, and over how many batches.
  private static final class Latencies {
    private final Samples millis = new Samples();
    private final Samples batches = new Samples();

    void add(List<Trace> traces) {
      for (Trace trace : traces) {
        millis.add((trace.spawned - trace.sent) / 1e6);
        batches.add(trace.batches);
      }
    }

    void tell(String load, Report report) {
      report.plain("submit to start, " + load + ", p50", millis.median(), "ms", "");
      report.plain("submit to start, " + load + ", p99", millis.percentile(99), "ms", "");
      report.plain(
          "fsyncs from submit to start, " + load + ", most", batches.percentile(100), "", "≤ 2");
    }
  }

  private record Outcome(
      double seconds, double cpuSeconds, CountingLog.Totals totals, List<Trace> traces) {}

  private final class Run {
    private final HandWiredServer server;
    private final CountingLog log;
    private final Path project;

    Run(HandWiredServer server, CountingLog log, Path project) {
      this.server = server;
      this.log = log;
      this.project = project;
    }

    Outcome tasks(int inFlight, int total) throws InterruptedException {
      var done = Collections.synchronizedList(new ArrayList<Trace>());
      CountingLog.Totals before = log.totals();
      long cpu = cpuNanos();
      double perSecond = UnixClient.perSecond(inFlight, total, _ -> submit().thenAccept(done::add));
      return new Outcome(
          total / perSecond, (cpuNanos() - cpu) / 1e9, log.totals().since(before), done);
    }

    private CompletableFuture<Trace> submit() {
      var uid = NewTasks.uid();
      var request = NewTasks.request(uid, project, "true", true);
      var trace = new Trace();
      traces.put(new TaskId(uid), trace);
      return server
          .client()
          .call(TaskServiceGrpc.getCreateTaskMethod(), request)
          .thenCombine(trace.reviewed, (_, reviewed) -> reviewed);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
