package io.salvor.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.salvor.domain.access.Actor;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.offhost.RemoteFailed;
import io.salvor.offhost.Secret;
import io.salvor.server.backup.BackupFailed;
import io.salvor.server.backup.OfflineBackups;
import io.salvor.server.config.BackupSettings;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.wiring.StartRefused;
import io.salvor.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What can be done about backups without a server: `list`, `verify`, `prune`, `plan`, `restore`
/// and `drill`. Writes what came of it to standard output, as JSON.
public final class BackupMain {
  private static final int USAGE = 2;
  private static final int REFUSED = 3;

  private BackupMain() {}

  /// Options are `--home=DIR`, `--to=TARGET`, `--key=KEY`, `--from=PLACE`,
  /// `--passphrase-file=FILE`, `--actor=ACTOR`, `--all` and `--validate-only`; the first other word
  /// says what is to be done.
  public static void main(String[] arguments) throws InterruptedException {
    var options = new TreeMap<String, String>();
    for (String word : arguments) {
      String[] parts = word.startsWith("--") ? word.split("=", 2) : new String[] {"", word};
      options.put(parts[0], parts.length > 1 ? parts[1] : "true");
    }
    try {
      Home home = Home.of(Optional.ofNullable(options.get("--home")), System.getenv());
      System.setProperty("logback.configurationFile", "logback-quiet.xml");
      System.out.println(JsonFormat.printer().print(answer(home, options)));
      System.exit(0);
    } catch (ServerConfig.BadConfig | IllegalArgumentException e) {
      end(USAGE, e.getMessage(), "salvor backup --help");
    } catch (BackupFailed e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (StartRefused e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (RemoteFailed e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (StoreRefused e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (LogUnavailable e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      end(REFUSED, e.toString(), "make the home and the backups readable and writable");
    }
  }

  private static MessageOrBuilder answer(Home home, Map<String, String> options)
      throws IOException, InterruptedException {
    var whose =
        new OfflineBackups.Whose(
            Optional.ofNullable(options.get("--key")), Optional.ofNullable(options.get("--from")));
    Optional<String> to = Optional.ofNullable(options.get("--to"));
    try (var offline =
        new OfflineBackups(
            home, settings(home, options), whose, System.getenv(), InstantSource.system())) {
      return switch (options.getOrDefault("", "")) {
        case "list" -> offline.list(options.containsKey("--all"));
        case "verify" -> offline.verify(to);
        case "prune" -> offline.prune(options.containsKey("--validate-only"));
        case "plan" -> offline.plan(to);
        case "restore" -> offline.restore(to, actor(options));
        case "drill" -> offline.drill(to, serverCommand());
        default ->
            throw new IllegalArgumentException("list, verify, prune, plan, restore or drill");
      };
    }
  }

  private static BackupSettings settings(Home home, Map<String, String> options) {
    BackupSettings settings = ServerConfig.read(home.config()).backup();
    return Optional.ofNullable(options.get("--passphrase-file"))
        .map(it -> settings.withPassphrase(new Secret.File(Path.of(it).toAbsolutePath())))
        .orElse(settings);
  }

  private static Actor actor(Map<String, String> options) {
    return new Actor(options.getOrDefault("--actor", "user:" + System.getProperty("user.name")));
  }

  /// As this program itself was started, but for the main class.
  private static List<String> serverCommand() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  private static void end(int status, @Nullable String what, String hint) {
    System.err.println("salvor: " + what);
    if (!hint.isEmpty()) {
      System.err.println("  try: " + hint);
    }
    System.exit(status);
  }
}
