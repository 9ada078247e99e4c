package io.salvor.process.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Replaces secrets in text that leaves the flight recorder: the values of secret-looking
/// environment variables, and what has the shape of a well-known token. Immutable.
public final class Redactor {
  private static final int SHORTEST_SECRET = 8;
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(?:^|_)(?:AUTH|HEADERS?)(?:_|$)",
          Pattern.CASE_INSENSITIVE);

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(
              "private key",
              "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)"),
          new Shape("api key", "\\bsk-[A-Za-z0-9_-]{16,}"),
          new Shape("github token", "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\\w{20,})"),
          new Shape("gitlab token", "\\bglpat-[A-Za-z0-9_-]{16,}"),
          new Shape("slack token", "\\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
          new Shape("aws key id", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
          new Shape("google key", "\\bAIza[A-Za-z0-9_-]{30,}"),
          new Shape("bearer token", "(?i)(?<=\\bbearer\\s)[A-Za-z0-9._~+/=-]{12,}"),
          new Shape("password in url", "(?<=://)[^/\\s:@]{0,256}:[^/\\s@]{1,256}(?=@)"));

  private final List<Secret> secrets;

  private Redactor(List<Secret> secrets) {
    this.secrets = secrets;
  }

  /// A redactor that knows the secrets in `environment`.
  public static Redactor of(Map<String, String> environment) {
    return of(environment, List.of());
  }

  /// A redactor that knows the secrets in `environment` and in `more` of the kind.
  public static Redactor of(Map<String, String> environment, Collection<Map<String, String>> more) {
    List<Secret> secrets = new ArrayList<>();
    collect(environment, secrets);
    more.forEach(variables -> collect(variables, secrets));
    secrets.sort(Comparator.comparingInt((Secret it) -> it.value.length()).reversed());
    return new Redactor(List.copyOf(secrets));
  }

  private static void collect(Map<String, String> variables, List<Secret> secrets) {
    variables.forEach((name, value) -> {
      if (value.length() >= SHORTEST_SECRET && SECRET_NAME.matcher(name).find()) {
        String replacement = "[redacted:" + name + "]";
        secrets.add(new Secret(value, replacement));
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        if (!escaped.equals(value)) {
          secrets.add(new Secret(escaped, replacement));
        }
      }
    });
  }

  /// `text` without secrets.
  public String redact(String text) {
    String result = text;
    for (Secret secret : secrets) {
      result = result.replace(secret.value, secret.replacement);
    }
    for (Shape shape : SHAPES) {
      result = shape.pattern.matcher(result).replaceAll("[redacted:" + shape.name + "]");
    }
    return result;
  }

  private record Secret(String value, String replacement) {}

  private record Shape(String name, Pattern pattern) {
    Shape(String name, String regex) {
      this(name, Pattern.compile(regex));
    }
  }
}
