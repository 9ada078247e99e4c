package io.salvor.server.wiring;

import dagger.Module;
import dagger.Provides;
import io.salvor.domain.engine.EngineCore;
import io.salvor.server.backup.BackupPlaces;
import io.salvor.server.backup.StoreChecking;
import io.salvor.server.backup.StoreMark;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.upkeep.Archiving;
import io.salvor.server.upkeep.ClockWatch;
import io.salvor.server.upkeep.DiskWatch;
import io.salvor.server.upkeep.RecorderKeeping;
import io.salvor.server.upkeep.StoreWatch;
import io.salvor.server.upkeep.Upkeep;
import io.salvor.sqlite.SqliteStore;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;

/// What the server does for its own place.
@Module
final class UpkeepModule {
  private UpkeepModule() {}

  @Provides
  @Singleton
  static Upkeep upkeep(
      Home home,
      ServerConfig config,
      SqliteStore store,
      BackupPlaces places,
      EngineLoop engine,
      Clock clock) {
    var watch =
        new StoreWatch(
            store,
            new StoreChecking(home, places.of(home)),
            new StoreMark(home),
            config.upkeep().checkEvery());
    var recorders =
        new RecorderKeeping(
            home.attempts(), config.upkeep(), (task, number) -> isOpen(engine, task, number));
    return new Upkeep(
        watch,
        DiskWatch.of(home.root(), config.upkeep().reserveBytes()),
        recorders,
        new Archiving(store.archive(), config.upkeep().archiveAfter()),
        store.freePages(),
        () -> clock.now().wall(),
        ClockWatch.behind(store.records().lastAt(), clock.now().wall())
            .map(it -> it + "; to set it: " + ClockWatch.MEND));
  }

  /// A task that is open may look into what its last attempt wrote.
  private static boolean isOpen(EngineLoop engine, String task, int number) {
    try {
      return engine.look(core -> isOpen(core, task, number)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      return true;
    }
  }

  private static boolean isOpen(EngineCore core, String task, int number) {
    return core.openTasks().stream()
        .map(it -> it.task())
        .anyMatch(it -> it.id().toString().equals(task) && it.lastAttempt() <= number);
  }
}
