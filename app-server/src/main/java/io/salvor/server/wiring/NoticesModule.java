package io.salvor.server.wiring;

import dagger.Module;
import dagger.Provides;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.Clock;
import io.salvor.server.grpc.Changes;
import io.salvor.server.grpc.EventFeed;
import io.salvor.server.grpc.TaskLookup;
import io.salvor.server.notices.Channels;
import io.salvor.server.notices.Noticing;
import io.salvor.sqlite.SqliteStore;
import jakarta.inject.Singleton;

/// Who is told of what happens.
@Module
final class NoticesModule {
  private NoticesModule() {}

  @Provides
  @Singleton
  static Noticing noticing(
      SqliteStore store,
      Changes changes,
      Clock clock,
      ServerConfig config,
      Home home,
      PrometheusMeterRegistry registry) {
    var feed = new EventFeed(store.records(), new TaskLookup(store.tasks()));
    var log = new Channels.Log(feed, changes, () -> clock.now().wall(), store.identity());
    return Channels.noticing(log, config.notices(), home, System.getenv(), registry);
  }
}
