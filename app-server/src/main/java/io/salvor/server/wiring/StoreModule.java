package io.salvor.server.wiring;

import dagger.Module;
import dagger.Provides;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.salvor.domain.journal.RecordLog;
import io.salvor.server.config.Home;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.Documents;
import io.salvor.server.engine.HostClock;
import io.salvor.server.limits.AnnouncingLog;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.server.metrics.MeasuredLog;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/// The store and the clock.
@Module
final class StoreModule {
  private StoreModule() {}

  @Provides
  @Singleton
  static SqliteStore store(Home home) {
    return SqliteStore.open(
        StoreFiles.in(home.root()), SqliteStore.Settings.DEFAULT, InstantSource.system());
  }

  @Provides
  @Singleton
  static RecordLog log(SqliteStore store, PrometheusMeterRegistry registry, MemoryWatch memory) {
    return new AnnouncingLog(new MeasuredLog(store.log(), registry), memory);
  }

  @Provides
  static Documents documents(SqliteStore store) {
    var documents = store.documents();
    return hash ->
        documents
            .get(hash)
            .orElseThrow(() -> new IllegalStateException("the store has no text " + hash));
  }

  @Provides
  @Singleton
  static Clock clock() {
    return new HostClock();
  }
}
