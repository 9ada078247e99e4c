package io.salvor.server.wiring;

import dagger.Module;
import dagger.Provides;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.engine.Input;
import io.salvor.domain.journal.RecordLog;
import io.salvor.domain.task.StartPolicy;
import io.salvor.server.access.Clients;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EffectRunner;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.engine.World;
import io.salvor.server.grpc.Changes;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.server.upkeep.Upkeep;
import io.salvor.sqlite.SqliteStore;
import jakarta.inject.Singleton;

/// The core, its loop and its effects.
@Module
final class EngineModule {
  private EngineModule() {}

  @Provides
  @Singleton
  static Changes changes() {
    return new Changes();
  }

  @Provides
  @Singleton
  static EffectRunner effects(World world, Clock clock, ServerConfig config) {
    return new EffectRunner(world, clock, config.upkeep().saveWorkEvery());
  }

  @Provides
  @Singleton
  static EngineLoop engine(
      RecordLog log,
      ServerConfig config,
      MemoryWatch memory,
      Clock clock,
      EffectRunner effects,
      Changes changes,
      Ending ending,
      Options options) {
    var policy = new EnginePolicy(config.admission(), StartPolicy.DEFAULT, config.breaker());
    var core = new EngineCore(policy, log.restore());
    changes.published(core.durableSeq());
    EngineLoop.Effects carriedOut = options.onlyLook() ? EngineLoop.Effects.NONE : effects;
    var engine = new EngineLoop(core, log, carriedOut, changes::published, ending::broken);
    effects.reportTo(engine);
    memory.runOnce().ifPresent(band -> engine.tell(new Input.Memory(clock.now(), band)));
    return engine;
  }

  @Provides
  @Singleton
  static Clients clients() {
    return new Clients();
  }

  @Provides
  @Singleton
  static Lifecycle lifecycle(
      EngineLoop engine,
      Clock clock,
      SqliteStore store,
      MemoryWatch memory,
      Upkeep upkeep,
      Clients clients,
      Options options) {
    return new Lifecycle(
        engine,
        clock,
        store.ballast(),
        memory,
        upkeep::trouble,
        new Idleness(clients, options.exitWhenIdle()));
  }
}
