package io.salvor.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.backup.BackupFailed;
import io.salvor.server.backup.BackupPlaces;
import io.salvor.server.backup.OfflineBackups;
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

  /// Options are `--home=DIR`, `--to=TARGET`, `--key=KEY`, `--actor=ACTOR`, `--all` and
  /// `--validate-only`; the first other word says what is to be done.
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
    ServerConfig config = ServerConfig.read(home.config());
    var places = BackupPlaces.of(config.backup().directory(), System.getenv());
    var offline =
        new OfflineBackups(
            home,
            places,
            Optional.ofNullable(options.get("--key")),
            config.backup().retention(),
            InstantSource.system());
    Optional<String> to = Optional.ofNullable(options.get("--to"));
    boolean validateOnly = options.containsKey("--validate-only");
    return switch (options.getOrDefault("", "")) {
      case "list" -> offline.lists().list(options.containsKey("--all"));
      case "verify" -> offline.verify(to);
      case "prune" -> offline.prune(validateOnly);
      case "plan" -> offline.plan(offline.target(to));
      case "restore" -> offline.restore(offline.target(to), actor(options));
      case "drill" ->
          offline.drill(to.isPresent() ? offline.target(to) : new Target.Latest(), serverCommand());
      default -> throw new IllegalArgumentException("list, verify, prune, plan, restore or drill");
    };
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
