package io.salvor.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.task.StartPolicy;
import io.salvor.records.MemoryRecordLog;
import io.salvor.records.StoreIdentity;
import io.salvor.server.access.Clients;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.engine.HostClock;
import io.salvor.server.grpc.Instance.StopMode;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Time's share in a server's life.
final class TimeGoesOnTest {
  private final AtomicInteger looksAtMemory = new AtomicInteger();
  private final AtomicInteger looksAtDisk = new AtomicInteger();
  private final List<Throwable> died = new ArrayList<>();

  @Test
  void time_goes_on_where_the_host_gives_no_descriptors_and_the_server_ends_when_asked(
      @TempDir Path home) throws InterruptedException {
    try (SqliteStore store =
        SqliteStore.open(
            StoreFiles.in(home), SqliteStore.Settings.DEFAULT, InstantSource.system())) {
      var records = new MemoryRecordLog(new StoreIdentity(UUID.randomUUID(), 1));
      var core = new EngineCore(new EnginePolicy(1, StartPolicy.DEFAULT), records.restore());
      var engine = new EngineLoop(core, records, EngineLoop.Effects.NONE, _ -> {}, died::add);
      Thread.ofPlatform().daemon().start(engine);
      Lifecycle lifecycle = lifecycle(store, engine);
      Thread time = Thread.ofPlatform().daemon().unstarted(() -> run(lifecycle));
      time.setUncaughtExceptionHandler((_, cause) -> died.add(cause));
      time.start();

      await().until(() -> !time.isAlive() || looksAtDisk.get() >= 2);
      assertThat(looksAtMemory).hasValueGreaterThanOrEqualTo(2);
      lifecycle.stop(StopMode.LEAVE);
      time.join();
      engine.stop();
      assertThat(died).isEmpty();
    }
  }

  private static void run(Lifecycle lifecycle) {
    try {
      lifecycle.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Lifecycle lifecycle(SqliteStore store, EngineLoop engine) {
    var memory =
        new MemoryWatch(
            () -> {
              throw noDescriptor(looksAtMemory);
            },
            MemoryBand.Limits.DEFAULT);
    return new Lifecycle(
        engine,
        new HostClock(),
        store.ballast(),
        memory,
        () -> {
          throw noDescriptor(looksAtDisk);
        },
        new Idleness(new Clients(), false));
  }

  private static UncheckedIOException noDescriptor(AtomicInteger looks) {
    looks.incrementAndGet();
    return new UncheckedIOException(new IOException("Too many open files"));
  }
}
