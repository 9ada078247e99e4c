package io.salvor.server.wiring;

import dagger.Module;
import dagger.Provides;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.salvor.server.backup.Backups;
import io.salvor.server.config.Home;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.server.metrics.BackupGauges;
import io.salvor.server.metrics.HostGauges;
import io.salvor.server.metrics.Metrics;
import io.salvor.server.metrics.RpcMeters;
import jakarta.inject.Singleton;

/// What is measured.
@Module
final class MetricsModule {
  private MetricsModule() {}

  @Provides
  @Singleton
  static PrometheusMeterRegistry registry() {
    return Metrics.registry();
  }

  @Provides
  @Singleton
  static RpcMeters rpcMeters(PrometheusMeterRegistry registry) {
    return new RpcMeters(registry);
  }

  @Provides
  @Singleton
  static Metrics metrics(
      PrometheusMeterRegistry registry,
      EngineLoop engine,
      Clock clock,
      Home home,
      MemoryWatch memory,
      Backups backups,
      RunningInstance instance) {
    BackupGauges.register(registry, backups, () -> clock.now().wall());
    HostGauges.register(registry, home, memory);
    return new Metrics(registry, engine, () -> clock.now().wall(), instance);
  }
}
