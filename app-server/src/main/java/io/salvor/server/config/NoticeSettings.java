package io.salvor.server.config;

import io.salvor.domain.event.Severity;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What `[notices]` in `config.toml` says: of what people are told, and how. Without a desktop, a
/// webhook or a command nobody is told anything.
///
/// @param severity events that are so bad, or worse, are told of
/// @param also causes that are told of however bad they are
/// @param except causes that are never told of
/// @param per what the same happens to, so that it is told once
/// @param window for so long the same is told once
/// @param desktop whether by the desktop's notifications
public record NoticeSettings(
    Severity severity,
    List<String> also,
    List<String> except,
    Per per,
    Duration window,
    boolean desktop,
    Optional<Webhook> webhook,
    Optional<Command> command) {
  static final List<String> KEYS =
      List.of("severity", "also", "except", "per", "window", "desktop", "webhook", "command");

  private static final int USUAL_TRIES = 4;
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(2);
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  /// As it is without a file.
  static final NoticeSettings DEFAULT =
      new NoticeSettings(
          Severity.WARNING,
          List.of(),
          List.of(),
          Per.TASK,
          Duration.ofMinutes(10),
          false,
          Optional.empty(),
          Optional.empty());

  public NoticeSettings {
    also = List.copyOf(also);
    except = List.copyOf(except);
  }

  /// What the same cause happens to.
  public enum Per {
    TASK,
    PROJECT
  }

  /// Where to post.
  ///
  /// @param header name of the one that carries the secret
  /// @param secret name of the server's variable that has its value; empty for no such header
  /// @param tries at most so many for one notice
  /// @param pause before the second try; it doubles from then on
  public record Webhook(
      URI url,
      String header,
      Optional<String> secret,
      Duration timeout,
      int tries,
      Duration pause) {}

  /// What to run.
  ///
  /// @param run program and arguments
  public record Command(List<String> run, Duration timeout) {
    public Command {
      run = List.copyOf(run);
    }
  }

  /// Whether anybody is told anything.
  public boolean isOn() {
    return desktop || webhook.isPresent() || command.isPresent();
  }

  static NoticeSettings of(Settings table) {
    return new NoticeSettings(
        table.oneOf("severity", Severity.class).orElse(DEFAULT.severity()),
        table.texts("also"),
        table.texts("except"),
        table.oneOf("per", Per.class).orElse(DEFAULT.per()),
        table.duration("window").orElse(DEFAULT.window()),
        table.flag("desktop").orElse(DEFAULT.desktop()),
        table.has("webhook")
            ? Optional.of(
                webhook(
                    table.table(
                        "webhook",
                        List.of("url", "header", "secret", "timeout", "tries", "pause"))))
            : Optional.empty(),
        table.has("command")
            ? Optional.of(command(table.table("command", List.of("run", "timeout"))))
            : Optional.empty());
  }

  private static Webhook webhook(Settings table) {
    return new Webhook(
        url(table),
        header(table),
        table.text("secret"),
        table.duration("timeout").orElse(USUAL_TIMEOUT),
        table.count("tries").map(Math::toIntExact).orElse(USUAL_TRIES),
        table.duration("pause").orElse(USUAL_PAUSE));
  }

  private static String header(Settings table) {
    String header = table.text("header").orElse("Authorization");
    try {
      var _ = HttpRequest.newBuilder().header(header, "secret");
      return header;
    } catch (IllegalArgumentException e) {
      throw table.bad("header", "the name of a header that may be set, such as \"X-Key\"");
    }
  }

  private static URI url(Settings table) {
    try {
      URI url = URI.create(table.text("url").orElse(""));
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw table.bad("url", "an address like \"https://example.org/hook\"");
    }
    throw table.bad("url", "an address like \"https://example.org/hook\"");
  }

  private static Command command(Settings table) {
    List<String> run = table.texts("run");
    if (run.isEmpty() || run.getFirst().isBlank()) {
      throw table.bad("run", "a program and its arguments: [\"/usr/local/bin/page\", \"ann\"]");
    }
    return new Command(run, table.duration("timeout").orElse(USUAL_TIMEOUT));
  }
}
