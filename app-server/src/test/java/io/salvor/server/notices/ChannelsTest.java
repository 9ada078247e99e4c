package io.salvor.server.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.salvor.records.StoreIdentity;
import io.salvor.server.config.NoticeSettings.Webhook;
import io.salvor.server.notices.Channel.NotDelivered;
import io.salvor.server.notices.Position.Kept;
import io.salvor.v1.Event;
import io.salvor.v1.Notice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChannelsTest {
  private static final Notice NOTICE =
      Notice.newBuilder()
          .setFormat("salvor.notice.v1")
          .setEvent(
              Event.newBuilder()
                  .setCause("oom_killed")
                  .setSeverity(Event.Severity.CRITICAL)
                  .setText("a < b")
                  .setCommand("salvor task show TASK-0001 && true"))
          .setTimes(3)
          .addDisplayIds("TASK-0001")
          .build();

  @TempDir Path directory;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> secrets = new CopyOnWriteArrayList<>();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          secrets.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Secret")));
          exchange.sendResponseHeaders(statuses.isEmpty() ? 200 : statuses.removeFirst(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private WebhookChannel webhook(int tries, Map<String, String> environment) {
    var settings =
        new Webhook(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"),
            "X-Secret",
            Optional.of("HOOK_SECRET"),
            Duration.ofSeconds(30),
            tries,
            Duration.ofMillis(1));
    return new WebhookChannel(settings, environment);
  }

  @Test
  void a_webhook_gets_the_notice_and_the_secret() throws Exception {
    webhook(1, Map.of("HOOK_SECRET", "s3cret")).deliver(NOTICE);
    assertThat(secrets).containsExactly("s3cret");
    assertThat(bodies.getFirst())
        .startsWith("{\"format\":\"salvor.notice.v1\",")
        .contains("\"cause\":\"oom_killed\"")
        .contains("\"times\":3");
  }

  @Test
  void what_may_pass_is_tried_again_and_not_for_ever() throws Exception {
    statuses.addAll(List.of(503, 429));
    webhook(4, Map.of("HOOK_SECRET", "s")).deliver(NOTICE);
    assertThat(bodies).hasSize(3);

    statuses.addAll(List.of(500, 500, 500));
    assertThatThrownBy(() -> webhook(2, Map.of("HOOK_SECRET", "s")).deliver(NOTICE))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("status 500");
    assertThat(bodies).hasSize(5);
  }

  @Test
  void what_cannot_pass_is_not_tried_again() {
    statuses.add(404);
    assertThatThrownBy(() -> webhook(4, Map.of("HOOK_SECRET", "s")).deliver(NOTICE))
        .isInstanceOf(NotDelivered.class);
    assertThat(bodies).hasSize(1);
  }

  @Test
  void without_its_secret_nothing_is_sent() {
    assertThatThrownBy(() -> webhook(4, Map.of()).deliver(NOTICE))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("HOOK_SECRET is not set");
    assertThat(bodies).isEmpty();
  }

  @Test
  void nobody_at_the_address_is_no_delivery() {
    server.stop(0);
    assertThatThrownBy(() -> webhook(2, Map.of("HOOK_SECRET", "s")).deliver(NOTICE))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("does not answer");
  }

  private static CommandChannel command(Duration timeout, String script, String... arguments) {
    var command = new java.util.ArrayList<>(List.of("sh", "-c", script, "hook"));
    command.addAll(List.of(arguments));
    return new CommandChannel(new Program(command, timeout, Map.of("SALVOR_HOME", "/home")));
  }

  @Test
  void a_command_finds_the_notice_on_its_input() throws Exception {
    Path file = directory.resolve("got");
    command(Duration.ofSeconds(60), "cat >\"$1\"; echo \"$SALVOR_HOME\" >>\"$1\"", file.toString())
        .deliver(NOTICE);
    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .first()
        .asString()
        .contains("\"cause\":\"oom_killed\"");
    assertThat(Files.readAllLines(file).getLast()).isEqualTo("/home");
  }

  @Test
  void a_command_that_fails_hangs_or_is_missing_is_no_delivery() {
    assertThatThrownBy(() -> command(Duration.ofSeconds(60), "exit 3").deliver(NOTICE))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("status 3");
    assertThatThrownBy(
            () -> command(Duration.ofMillis(50), "sleep 1000 & exec sleep 1000").deliver(NOTICE))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("did not end");
    var missing = new Program(List.of("/nowhere/hook"), Duration.ofSeconds(9), Map.of());
    assertThatThrownBy(() -> new CommandChannel(missing).deliver(NOTICE))
        .isInstanceOf(NotDelivered.class)
        .hasMessageContaining("cannot run /nowhere/hook");
  }

  @Test
  void the_desktop_shows_what_happened_and_what_to_type() throws Exception {
    Path shown = directory.resolve("shown");
    Path program = directory.resolve("notify-send");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\" >'" + shown + "'\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    new DesktopChannel(program.toString()).deliver(NOTICE);
    assertThat(Files.readAllLines(shown))
        .containsExactly(
            "--app-name=Salvor",
            "--urgency=critical",
            "--",
            "TASK-0001: oom_killed (3 times)",
            "a &lt; b",
            "salvor task show TASK-0001 &amp;&amp; true");
  }

  @Test
  void a_position_is_of_one_store_and_survives() throws IOException {
    Path file = directory.resolve("notices");
    var store = new StoreIdentity(UUID.randomUUID(), 1);
    var position = new Position(file, store);
    assertThat(position.read()).isEqualTo(new Kept.Nothing());
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    var at = new Position.At(7, noon, noon.plusSeconds(9));
    position.write(at);
    assertThat(new Position(file, store).read()).isEqualTo(new Kept.Here(at));
    assertThat(new Position(file, new StoreIdentity(store.lineage(), 2)).read())
        .isEqualTo(new Kept.BeforeRestore(at));
    assertThat(new Position(file, new StoreIdentity(UUID.randomUUID(), 1)).read())
        .isEqualTo(new Kept.Nothing());
    Files.writeString(file, store.lineage() + " 7 " + noon + "\n");
    assertThat(position.read()).isEqualTo(new Kept.Here(new Position.At(7, noon, noon)));
    Files.writeString(file, "torn");
    assertThat(position.read()).isEqualTo(new Kept.Nothing());
  }
}
