package io.salvor.server;

import com.google.protobuf.MessageOrBuilder;
import io.salvor.server.backup.BackupPlaces;
import io.salvor.server.backup.OfflineStore;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.doctor.Doctor;
import java.io.IOException;
import java.time.InstantSource;

/// What can be done for a home without a server: `check`, `plan` and `repair` of its store, and
/// `doctor`. Writes what came of it to standard output, as JSON.
public final class CareMain {
  private CareMain() {}

  /// Options are `--home=DIR`, `--actor=ACTOR` and `--fix`; the other word says what is to be done.
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(OfflineQuestion.ask(arguments, "salvor config show", CareMain::answer));
  }

  private static MessageOrBuilder answer(OfflineQuestion question)
      throws IOException, InterruptedException {
    Home home = question.home();
    return switch (question.what()) {
      case "doctor" ->
          new Doctor(home, System.getenv(), InstantSource.system()).examine(question.has("--fix"));
      case "check" -> store(home).check();
      case "plan" -> store(home).plan();
      case "repair" -> store(home).repair(question.actor());
      default -> throw new IllegalArgumentException("check, plan, repair or doctor");
    };
  }

  private static OfflineStore store(Home home) {
    ServerConfig config = ServerConfig.read(home.config());
    var places = BackupPlaces.of(config.backup().directory(), System.getenv());
    return new OfflineStore(home, places.of(home), InstantSource.system());
  }
}
