package io.salvor.server.notices;

import io.micrometer.core.instrument.MeterRegistry;
import io.salvor.records.StoreIdentity;
import io.salvor.server.config.Home;
import io.salvor.server.config.NoticeSettings;
import io.salvor.server.grpc.Changes;
import io.salvor.server.grpc.EventFeed;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what gives notices, as the settings say.
public final class Channels {
  private static final Logger log = LoggerFactory.getLogger(Channels.class);
  private static final String NOTIFY = "notify-send";

  private Channels() {}

  /// What notices are made of.
  ///
  /// @param store which one the feed reads
  public record Log(EventFeed feed, Changes changes, InstantSource clock, StoreIdentity store) {}

  /// What gives notices; not begun yet.
  ///
  /// @param environment the server's
  public static Noticing noticing(
      Log source,
      NoticeSettings settings,
      Home home,
      Map<String, String> environment,
      MeterRegistry registry) {
    List<Channel> channels = of(settings, home, environment);
    var position = new Position(home.root().resolve("notices"), source.store());
    return new Noticing(
        new Noticing.Source(source.feed(), source.changes(), source.clock(), position),
        new Wanted(settings),
        new Windows(settings.per(), settings.window()),
        channels,
        new NoticeMeters(registry, channels.stream().map(Channel::name).toList()));
  }

  private static List<Channel> of(
      NoticeSettings settings, Home home, Map<String, String> environment) {
    var channels = new ArrayList<Channel>();
    if (settings.desktop()) {
      desktop(environment).ifPresent(channels::add);
    }
    settings.webhook().ifPresent(it -> channels.add(new WebhookChannel(it, environment)));
    settings
        .command()
        .ifPresent(it ->
            channels.add(
                new CommandChannel(
                    new Program(
                        it.run(), it.timeout(), Map.of("SALVOR_HOME", home.root().toString())))));
    return channels;
  }

  private static Optional<Channel> desktop(Map<String, String> environment) {
    Optional<Channel> found =
        Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .filter(it -> !it.isEmpty())
            .map(folder -> Path.of(folder, NOTIFY))
            .filter(Files::isExecutable)
            .findFirst()
            .map(it -> new DesktopChannel(it.toString()));
    if (found.isEmpty()) {
      log.warn("notices.desktop: there is no {} on the PATH of the server", NOTIFY);
    }
    return found;
  }
}
