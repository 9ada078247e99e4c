package io.salvor.cli.observe;

import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.text.Clean;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A collector of OpenTelemetry that takes traces over HTTP.
final class Collector {
  private static final String PATH = "/v1/traces";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI address;
  private final Map<String, String> headers;

  /// @param headers `KEY=VALUE,KEY=VALUE`, as in `OTEL_EXPORTER_OTLP_HEADERS`; what a value may not
  ///   hold there is written as `%XX`
  Collector(URI address, String headers) {
    this.address = address;
    this.headers = headers(headers);
  }

  /// Reads `http://HOST:PORT`, or a whole address that ends in `/v1/traces`; throws
  /// IllegalArgumentException on anything else.
  static URI address(String text) {
    URI base = URI.create(text);
    boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (!http || base.getHost() == null) {
      throw new IllegalArgumentException("'" + text + "' is no address like http://127.0.0.1:4318");
    }
    String path = base.getPath().replaceFirst("/+$", "");
    return path.endsWith(PATH) ? base : base.resolve(path + PATH);
  }

  private static Map<String, String> headers(String text) {
    var headers = new TreeMap<String, String>();
    for (String pair : text.split(",", -1)) {
      int at = pair.indexOf('=');
      if (at > 0) {
        headers.put(pair.substring(0, at).strip(), decoded(pair.substring(at + 1).strip()));
      }
    }
    return headers;
  }

  /// One with a `%` of its own that stands for nothing is taken as it is.
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException asItIs) {
      return value;
    }
  }

  private static void set(HttpRequest.Builder request, String name, String value) {
    try {
      request.header(name, value);
    } catch (IllegalArgumentException unfit) {
      throw new Failure(
          ExitCode.INVALID,
          "INVALID",
          "the header '" + Clean.line(name) + "' of OTEL_EXPORTER_OTLP_HEADERS cannot be sent",
          "OTEL_EXPORTER_OTLP_HEADERS=NAME=VALUE,NAME=VALUE");
    }
  }

  /// Hands a request over; throws [Failure] where not all of it is taken.
  void take(String request) throws InterruptedException {
    var post =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request));
    headers.forEach((name, value) -> set(post, name, value));
    try (HttpClient http =
        HttpClient.newBuilder().connectTimeout(PATIENCE).sslContext(tls()).build()) {
      judge(http.send(post.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw failure(ExitCode.UNAVAILABLE, "no collector answers at " + address, why(e));
    }
  }

  /// The process's own context is one that cannot be used: see the package `wire`.
  private static SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  private static String why(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private void judge(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw failure(
          ExitCode.FAILURE,
          address + " answers with status " + answer.statusCode(),
          answer.body().lines().findFirst().orElse(""));
    }
    long rejected = rejected(answer.body());
    if (rejected > 0) {
      throw failure(
          ExitCode.FAILURE, address + " did not take " + rejected + " spans", answer.body());
    }
  }

  /// What the answer says was not taken; a collector that says nothing took all.
  private static long rejected(String body) {
    try {
      JsonNode spans = new JsonMapper().readTree(body).path("partialSuccess").path("rejectedSpans");
      return spans.isValueNode() ? spans.asLong(0) : 0;
    } catch (JacksonException notJson) {
      return 0;
    }
  }

  private static Failure failure(ExitCode exit, String what, String why) {
    return new Failure(
        exit,
        "OTLP_NOT_TAKEN",
        what,
        why.isEmpty() ? List.of() : List.of(why),
        "salvor task trace TASK --otlp FILE  (keeps it for later: ids stay the same)");
  }
}
