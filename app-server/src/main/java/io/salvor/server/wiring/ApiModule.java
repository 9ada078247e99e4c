package io.salvor.server.wiring;

import dagger.Module;
import dagger.Provides;
import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.AgentPrograms;
import io.salvor.server.access.Callers;
import io.salvor.server.access.Token;
import io.salvor.server.backup.BackupHealth;
import io.salvor.server.config.EffectiveSettings;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.engine.World;
import io.salvor.server.grpc.Api;
import io.salvor.server.grpc.Changes;
import io.salvor.server.grpc.StoreReads;
import io.salvor.server.grpc.TaskLookup;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.server.upkeep.Upkeep;
import io.salvor.sqlite.SqliteStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Services, and who may call them.
@Module
final class ApiModule {
  private ApiModule() {}

  @Provides
  @Singleton
  static Api api(
      SqliteStore store,
      EngineLoop engine,
      Clock clock,
      Changes changes,
      MemoryWatch memory,
      World world,
      AgentPrograms programs,
      Home home,
      ServerConfig config,
      RunningInstance instance) {
    return new Api(
        new Api.Serving(store, engine, clock, changes, memory),
        world,
        programs,
        home,
        config,
        instance);
  }

  @Provides
  @Singleton
  static RunningInstance instance(
      Home home,
      ServerConfig config,
      Options options,
      Lifecycle lifecycle,
      SqliteStore store,
      BackupHealth backups,
      Upkeep upkeep,
      Clock clock) {
    try {
      var settings =
          EffectiveSettings.of(config, home.config(), options.settings(), System.getenv());
      return new RunningInstance(
          home.root().toString(),
          config,
          settings,
          lifecycle,
          store.ballast(),
          backups,
          upkeep,
          clock.now());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + home.config(), e);
    }
  }

  @Provides
  @Singleton
  static Callers callers(Home home, SqliteStore store) {
    var tasks = new TaskLookup(store.tasks());
    try {
      return new Callers(
          Token.in(home.token()),
          task -> tasks.find(task).map(it -> Actor.agent(it.spec().agent().name())),
          new Actor("user:" + System.getProperty("user.name")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the token " + home.token(), e);
    }
  }

  @Provides
  static StoreReads reads(SqliteStore store) {
    return new StoreReads(store);
  }
}
