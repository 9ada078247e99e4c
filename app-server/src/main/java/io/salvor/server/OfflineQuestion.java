package io.salvor.server;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.salvor.domain.access.Actor;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.offhost.RemoteFailed;
import io.salvor.server.backup.BackupFailed;
import io.salvor.server.backup.NoSuchBackup;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.wiring.StartRefused;
import io.salvor.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is asked about a home by a program of its own, without a server.
///
/// @param home `--home`, or the usual one
/// @param what the first word that is no option
/// @param options all others, by name; "true" where one has no value
record OfflineQuestion(Home home, String what, Map<String, String> options) {
  private static final int USAGE = 2;
  private static final int REFUSED = 3;
  private static final int ABSENT = 4;

  /// Finds an answer.
  interface Answerer {
    MessageOrBuilder answer(OfflineQuestion question) throws IOException, InterruptedException;
  }

  /// Writes the answer to standard output, as JSON, or what is wrong to standard error.
  ///
  /// @param usage what to try where the question or the configuration makes no sense
  /// @return the exit status
  static int ask(String[] arguments, String usage, Answerer answerer) throws InterruptedException {
    try {
      OfflineQuestion question = of(arguments);
      System.setProperty("logback.configurationFile", "logback-quiet.xml");
      if (Files.isDirectory(question.home.run())) {
        System.setProperty("org.sqlite.tmpdir", question.home.run().toString());
      }
      System.out.println(JsonFormat.printer().print(answerer.answer(question)));
      return 0;
    } catch (ServerConfig.BadConfig | IllegalArgumentException e) {
      return refused(USAGE, e.getMessage(), usage);
    } catch (IOException e) {
      return refused(REFUSED, e.toString(), "make the home and the backups readable and writable");
    } catch (NoSuchBackup e) {
      return refused(ABSENT, e.getMessage(), e.hint());
    } catch (RuntimeException e) {
      return refused(REFUSED, e.getMessage(), hint(e));
    }
  }

  private static OfflineQuestion of(String[] arguments) {
    var options = new TreeMap<String, String>();
    for (String word : arguments) {
      String[] parts = word.startsWith("--") ? word.split("=", 2) : new String[] {"", word};
      options.put(parts[0], parts.length > 1 ? parts[1] : "true");
    }
    Home home = Home.of(Optional.ofNullable(options.get("--home")), System.getenv());
    return new OfflineQuestion(home, options.getOrDefault("", ""), options);
  }

  private static String hint(RuntimeException e) {
    return switch (e) {
      case BackupFailed it -> it.hint();
      case StartRefused it -> it.hint();
      case RemoteFailed it -> it.hint();
      case StoreRefused it -> it.hint();
      case LogUnavailable it -> it.hint();
      default -> throw e;
    };
  }

  /// An option's value.
  Optional<String> said(String option) {
    return Optional.ofNullable(options.get(option));
  }

  /// Whether an option is there.
  boolean has(String option) {
    return options.containsKey(option);
  }

  /// Who asks.
  Actor actor() {
    return new Actor(said("--actor").orElse("user:" + System.getProperty("user.name")));
  }

  private static int refused(int status, @Nullable String what, String hint) {
    System.err.println("salvor: " + what);
    if (!hint.isEmpty()) {
      System.err.println("  try: " + hint);
    }
    return status;
  }
}
