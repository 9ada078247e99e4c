package io.salvor.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.salvor.domain.access.Actor;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.backup.BackupFailed;
import io.salvor.server.backup.BackupPlaces;
import io.salvor.server.backup.OfflineStore;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.doctor.Doctor;
import io.salvor.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What can be done for a home without a server: `check`, `plan` and `repair` of its store, and
/// `doctor`. Writes what came of it to standard output, as JSON.
public final class CareMain {
  private static final int USAGE = 2;
  private static final int REFUSED = 3;

  private CareMain() {}

  /// Options are `--home=DIR`, `--actor=ACTOR` and `--fix`; the other word says what is to be done.
  public static void main(String[] arguments) throws InterruptedException {
    var options = new TreeMap<String, String>();
    for (String word : arguments) {
      String[] parts = word.startsWith("--") ? word.split("=", 2) : new String[] {"", word};
      options.put(parts[0], parts.length > 1 ? parts[1] : "true");
    }
    try {
      Home home = Home.of(Optional.ofNullable(options.get("--home")), System.getenv());
      System.setProperty("logback.configurationFile", "logback-quiet.xml");
      if (Files.isDirectory(home.run())) {
        System.setProperty("org.sqlite.tmpdir", home.run().toString());
      }
      System.out.println(JsonFormat.printer().print(answer(home, options)));
      System.exit(0);
    } catch (ServerConfig.BadConfig | IllegalArgumentException e) {
      end(USAGE, e.getMessage(), "salvor config show");
    } catch (BackupFailed e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (StoreRefused e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (LogUnavailable e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      end(REFUSED, e.toString(), "salvor doctor");
    }
  }

  private static MessageOrBuilder answer(Home home, Map<String, String> options)
      throws IOException, InterruptedException {
    return switch (options.getOrDefault("", "")) {
      case "doctor" ->
          new Doctor(home, System.getenv(), InstantSource.system())
              .examine(options.containsKey("--fix"));
      case "check" -> store(home).check();
      case "plan" -> store(home).plan();
      case "repair" -> store(home).repair(actor(options));
      default -> throw new IllegalArgumentException("check, plan, repair or doctor");
    };
  }

  private static OfflineStore store(Home home) {
    ServerConfig config = ServerConfig.read(home.config());
    var places = BackupPlaces.of(config.backup().directory(), System.getenv());
    return new OfflineStore(home, places.of(home), InstantSource.system());
  }

  private static Actor actor(Map<String, String> options) {
    return new Actor(options.getOrDefault("--actor", "user:" + System.getProperty("user.name")));
  }

  private static void end(int status, @Nullable String what, String hint) {
    System.err.println("salvor: " + what);
    if (!hint.isEmpty()) {
      System.err.println("  try: " + hint);
    }
    System.exit(status);
  }
}
