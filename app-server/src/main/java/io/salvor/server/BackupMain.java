package io.salvor.server;

import com.google.protobuf.MessageOrBuilder;
import io.salvor.offhost.Secret;
import io.salvor.server.backup.OfflineBackups;
import io.salvor.server.config.BackupSettings;
import io.salvor.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// What can be done about backups without a server: `list`, `verify`, `prune`, `plan`, `restore`
/// and `drill`. Writes what came of it to standard output, as JSON.
public final class BackupMain {
  private BackupMain() {}

  /// Options are `--home=DIR`, `--to=TARGET`, `--key=KEY`, `--from=PLACE`,
  /// `--passphrase-file=FILE`, `--actor=ACTOR`, `--all` and `--validate-only`; the first other word
  /// says what is to be done.
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(OfflineQuestion.ask(arguments, "salvor backup --help", BackupMain::answer));
  }

  private static MessageOrBuilder answer(OfflineQuestion question)
      throws IOException, InterruptedException {
    var whose = new OfflineBackups.Whose(question.said("--key"), question.said("--from"));
    Optional<String> to = question.said("--to");
    boolean onlySay = question.has("--validate-only");
    try (var offline =
        new OfflineBackups(
            question.home(), settings(question), whose, System.getenv(), InstantSource.system())) {
      return switch (question.what()) {
        case "list" -> offline.list(question.has("--all"));
        case "verify" -> offline.verify(to);
        case "prune" -> offline.prune(onlySay);
        case "plan" -> onlySay ? offline.look(to) : offline.plan(to);
        case "restore" -> offline.restore(to, question.actor());
        case "drill" -> offline.drill(to, serverCommand());
        default ->
            throw new IllegalArgumentException("list, verify, prune, plan, restore or drill");
      };
    }
  }

  private static BackupSettings settings(OfflineQuestion question) {
    BackupSettings settings = ServerConfig.read(question.home().config()).backup();
    return question
        .said("--passphrase-file")
        .map(it -> settings.withPassphrase(new Secret.File(Path.of(it).toAbsolutePath())))
        .orElse(settings);
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
}
