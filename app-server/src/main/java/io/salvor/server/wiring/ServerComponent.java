package io.salvor.server.wiring;

import dagger.BindsInstance;
import dagger.Component;
import io.salvor.server.access.Callers;
import io.salvor.server.access.Clients;
import io.salvor.server.backup.BackupSchedule;
import io.salvor.server.backup.OffHost;
import io.salvor.server.backup.SegmentSchedule;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.EffectRunner;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.grpc.Api;
import io.salvor.server.grpc.BackupCalls;
import io.salvor.server.grpc.Changes;
import io.salvor.server.grpc.StoreReads;
import io.salvor.server.metrics.Metrics;
import io.salvor.server.metrics.RpcMeters;
import io.salvor.server.notices.Noticing;
import io.salvor.server.upkeep.Upkeep;
import io.salvor.sqlite.SqliteStore;
import jakarta.inject.Singleton;

/// The server, wired: a store, a world and a clock below the engine, services above it.
@Singleton
@Component(
    modules = {
      StoreModule.class,
      WorldModule.class,
      EngineModule.class,
      ApiModule.class,
      BackupModule.class,
      MetricsModule.class,
      NoticesModule.class,
      UpkeepModule.class
    })
interface ServerComponent {
  SqliteStore store();

  EngineLoop engine();

  EffectRunner effects();

  Changes changes();

  Lifecycle lifecycle();

  RunningInstance instance();

  Callers callers();

  Clients clients();

  Api api();

  StoreReads reads();

  BackupSchedule backups();

  SegmentSchedule segments();

  OffHost offHost();

  BackupCalls backupCalls();

  Noticing noticing();

  Upkeep upkeep();

  RpcMeters rpcMeters();

  Metrics metrics();

  /// What a server is made for.
  @Component.Factory
  interface Factory {
    ServerComponent create(
        @BindsInstance Home home,
        @BindsInstance ServerConfig config,
        @BindsInstance Options options,
        @BindsInstance Ending ending);
  }
}
