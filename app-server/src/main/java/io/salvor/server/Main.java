package io.salvor.server;

import com.google.protobuf.util.JsonFormat;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.backup.BackupFailed;
import io.salvor.server.config.EffectiveSettings;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.grpc.SettingMessages;
import io.salvor.server.wiring.Options;
import io.salvor.server.wiring.Server;
import io.salvor.server.wiring.StartRefused;
import io.salvor.sqlite.StoreRefused;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/// Runs a server in the foreground until it is asked to end.
public final class Main {
  private static final int USAGE = 2;
  private static final int REFUSED = 3;
  private static final int BROKEN = 70;

  private Main() {}

  /// Exit status 0 after an orderly end, 2 for a wrong command line or configuration, 3 where the
  /// server may not start, 70 where it met what must not be.
  public static void main(String[] arguments) throws InterruptedException {
    try {
      Options options = Options.parse(arguments);
      Home home = Home.of(options.home(), System.getenv());
      if (options.showConfig()) {
        showConfig(home, options);
        System.exit(0);
      }
      home.create();
      System.setProperty("salvor.logs", home.logs().toString());
      SLF4JBridgeHandler.removeHandlersForRootLogger();
      SLF4JBridgeHandler.install();
      Server server = Server.start(home, config(home, options), options);
      Thread.setDefaultUncaughtExceptionHandler(Server::uncaught);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::endBySignal));
      System.exit(run(server));
    } catch (ServerConfig.BadConfig | IllegalArgumentException e) {
      end(USAGE, e.getMessage(), "see salvor serve --help and docs/config.md");
    } catch (StartRefused e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (StoreRefused e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (BackupFailed e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (LogUnavailable e) {
      end(REFUSED, e.getMessage(), e.hint());
    } catch (IOException e) {
      end(REFUSED, e.toString(), "make SALVOR_HOME a directory that you may write to");
    }
  }

  /// Until it is to end, or time cannot go on; then it ends in either case, and says which.
  private static int run(Server server) throws InterruptedException, IOException {
    try {
      server.run();
      return 0;
    } catch (RuntimeException | Error e) {
      Server.uncaught(Thread.currentThread(), e);
      return BROKEN;
    } finally {
      server.end();
    }
  }

  private static ServerConfig config(Home home, Options options) {
    return ServerConfig.read(home.config()).listening(options.listen(), options.http());
  }

  private static void showConfig(Home home, Options options) throws IOException {
    var settings =
        EffectiveSettings.of(
            config(home, options), home.config(), options.settings(), System.getenv());
    System.out.println(JsonFormat.printer().print(SettingMessages.of(settings)));
  }

  private static void end(int status, @Nullable String what, String hint) {
    System.err.println("salvor: " + what);
    if (!hint.isEmpty()) {
      System.err.println("  try: " + hint);
    }
    System.exit(status);
  }
}
