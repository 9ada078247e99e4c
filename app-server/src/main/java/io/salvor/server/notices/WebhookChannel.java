package io.salvor.server.notices;

import io.salvor.server.config.NoticeSettings.Webhook;
import io.salvor.v1.Notice;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Posts each notice as JSON to an address; what may pass is tried again a few times, with growing
/// pauses.
final class WebhookChannel implements Channel {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final long LONGEST_PAUSE = 30_000;

  private final Webhook settings;
  private final Optional<String> secret;
  private final HttpClient http;

  /// @param environment the server's, where the secret is
  WebhookChannel(Webhook settings, Map<String, String> environment) {
    this.settings = settings;
    this.secret = settings.secret().map(name -> environment.getOrDefault(name, ""));
    this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void deliver(Notice notice) throws NotDelivered, InterruptedException {
    if (secret.filter(String::isEmpty).isPresent()) {
      throw new NotDelivered(
          "the variable " + settings.secret().orElse("") + " is not set for the server");
    }
    HttpRequest request = request(NoticeJson.of(notice));
    Answer answer = send(request);
    for (int tries = 1; answer.mayPass() && tries < settings.tries(); tries++) {
      rest(Math.min(settings.pause().toMillis() << Math.min(tries - 1, 10), LONGEST_PAUSE));
      answer = send(request);
    }
    if (!answer.taken()) {
      throw new NotDelivered(answer.why());
    }
  }

  /// Whoever ends the server interrupts the thread.
  private static void rest(long millis) throws InterruptedException {
    if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts it down");
    }
  }

  private HttpRequest request(String body) {
    var request =
        HttpRequest.newBuilder(settings.url())
            .timeout(settings.timeout())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    secret.ifPresent(value -> request.header(settings.header(), value));
    return request.build();
  }

  /// What came of one try.
  private record Answer(boolean taken, boolean mayPass, String why) {}

  private Answer send(HttpRequest request) throws InterruptedException {
    try {
      int status = http.send(request, BodyHandlers.discarding()).statusCode();
      boolean taken = status / 100 == 2;
      boolean mayPass = status >= 500 || status == TOO_MANY_REQUESTS;
      return new Answer(taken, mayPass, "the webhook answers with status " + status);
    } catch (IOException e) {
      return new Answer(false, true, "the webhook does not answer: " + e);
    }
  }
}
