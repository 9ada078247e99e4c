package io.salvor.server.wiring;

import dagger.Module;
import dagger.Provides;
import io.salvor.domain.access.Actor;
import io.salvor.domain.engine.Input;
import io.salvor.domain.instance.InstanceCommand;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.backup.BackupHealth;
import io.salvor.server.backup.BackupLists;
import io.salvor.server.backup.BackupPlaces;
import io.salvor.server.backup.BackupSchedule;
import io.salvor.server.backup.Backups;
import io.salvor.server.backup.OffHost;
import io.salvor.server.backup.Secrets;
import io.salvor.server.backup.SegmentSchedule;
import io.salvor.server.backup.Shipper;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.grpc.BackupCalls;
import io.salvor.sqlite.SqliteStore;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Backups of what this server writes.
@Module
final class BackupModule {
  private BackupModule() {}

  @Provides
  @Singleton
  static BackupPlaces places(ServerConfig config) {
    return BackupPlaces.of(config.backup().directory(), System.getenv());
  }

  @Provides
  @Singleton
  static Backups backups(
      Home home,
      SqliteStore store,
      ServerConfig config,
      BackupPlaces places,
      EngineLoop engine,
      OffHost offHost,
      Clock clock) {
    var secrets = Secrets.of(home, config.backup().passphrase(), System.getenv());
    var source =
        new Backups.Source(
            home, store, secrets, () -> clock.now().wall(), RunningInstance.programVersion());
    Backups.Notes notes = notes(engine, clock);
    return Backups.of(
        source,
        places.of(home),
        config.backup().retention(),
        fact -> {
          notes.note(fact);
          offHost.wake();
        });
  }

  private static Backups.Notes notes(EngineLoop engine, Clock clock) {
    return fact -> {
      var note =
          new Input.Govern(
              Actor.SALVOR, clock.now(), new InstanceCommand.NoteBackup(fact), Optional.empty());
      try {
        engine.offer(note).get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof LogUnavailable unavailable) {
          throw unavailable;
        }
        throw new IllegalStateException("the engine did not take a note", e.getCause());
      }
    };
  }

  @Provides
  @Singleton
  static BackupSchedule schedule(Backups backups, ServerConfig config) {
    return new BackupSchedule(backups, config.backup().every());
  }

  @Provides
  @Singleton
  static Shipper shipper(SqliteStore store, Backups backups, Clock clock) {
    return new Shipper(store, backups.vault(), () -> clock.now().wall());
  }

  @Provides
  @Singleton
  static OffHost offHost(Home home, BackupPlaces places, ServerConfig config, Clock clock) {
    return new OffHost(
        config.backup().targets(),
        places.of(home),
        config.backup().retention(),
        () -> clock.now().wall(),
        System.getenv());
  }

  @Provides
  @Singleton
  static SegmentSchedule segments(Shipper shipper, ServerConfig config, OffHost offHost) {
    return new SegmentSchedule(shipper, config.backup().segments(), offHost::wake);
  }

  @Provides
  @Singleton
  static BackupHealth health(Backups backups, Shipper shipper, OffHost offHost) {
    return new BackupHealth(backups, shipper, offHost);
  }

  @Provides
  @Singleton
  static BackupCalls calls(Backups backups, BackupPlaces places) {
    return new BackupCalls(backups, new BackupLists(places, backups.vault()));
  }
}
