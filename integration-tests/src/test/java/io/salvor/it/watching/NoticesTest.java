package io.salvor.it.watching;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.Scrape;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Notices of a real server, to a webhook and a command.
final class NoticesTest {
  private static final String PORTS = "listen = \"127.0.0.1:0\"\nhttp = \"127.0.0.1:0\"\n";
  private static final Pattern SEQ = Pattern.compile("\"seq\":\"(\\d+)\"");

  @AutoClose private final Bench bench = Bench.idle("notices");
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(200);
  private volatile String placeBefore = "";
  private HttpServer hook;

  @BeforeEach
  void listen() throws IOException {
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          placeBefore = place();
          posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    hook.start();
  }

  @AfterEach
  void close() {
    hook.stop(0);
  }

  private String webhook() {
    return "webhook = { url = \"http://127.0.0.1:"
        + hook.getAddress().getPort()
        + "/\", tries = 1 }\n";
  }

  private Task fails() {
    return fails(bench.project());
  }

  private Task fails(ScratchProject project) {
    Task task = bench.author().createAndDispatch(job(project, Scripts.exits(7)));
    return bench.author().await(task.getName(), Task.State.FAILED);
  }

  /// Up to where the server knows that people were told, as it keeps it after each telling.
  private String place() throws IOException {
    Path kept = bench.home().resolve("notices");
    return Files.exists(kept) ? Files.readString(kept) : "";
  }

  private void awaitPosted(int notices) {
    Await.until(notices + " notices", () -> posted.size() >= notices);
  }

  @Test
  void a_failure_is_told_to_webhook_and_command_and_what_happened_before_is_not()
      throws IOException {
    bench.configured(PORTS).start();
    fails();
    bench.server().kill();
    Path told = bench.fresh("told");
    bench
        .configured(
            PORTS
                + "[notices]\n"
                + webhook()
                + "[notices.command]\nrun = [\"sh\", \"-c\", \"cat"
                + " >>"
                + told
                + "\"]\n")
        .start();
    Task task = fails();
    awaitPosted(1);
    assertThat(posted.getFirst())
        .contains("\"format\":\"salvor.notice.v1\"")
        .contains("\"cause\":\"subprocess_exited_nonzero\"")
        .contains("\"severity\":\"ERROR\"")
        .contains("\"displayIds\":[\"" + task.getDisplayId() + "\"]");
    Await.until("the command to be told", () -> Files.exists(told) && Files.size(told) > 0);
    assertThat(Files.readString(told)).contains(task.getDisplayId());
    Await.until(
        "both to be counted",
        () -> delivered("webhook", "delivered") == 1 && delivered("command", "delivered") == 1);
    assertThat(posted).hasSize(1);
  }

  private double delivered(String channel, String outcome) {
    return Scrape.of(bench.server())
        .value("salvor_notices_total", "channel", channel, "outcome", outcome);
  }

  @Test
  void what_comes_while_the_server_is_killed_again_and_again_is_told_and_not_twice_for_long() {
    bench.configured(PORTS + "[notices]\n" + webhook()).start();
    var failed = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      failed.add(fails().getDisplayId());
      bench.restartAfterKill();
    }
    Await.until(
        "each task to be told of",
        () -> failed.stream().allMatch(id -> posted.stream().anyMatch(told(id))));
    failed.add(fails().getDisplayId());
    Await.until(
        "the last one to be told of", () -> posted.stream().anyMatch(told(failed.getLast())));
    for (String id : failed) {
      assertThat(
              posted.stream()
                  .filter(told(id))
                  .flatMap(it -> SEQ.matcher(it).results().map(m -> m.group(1)))
                  .distinct())
          .as("one event for %s, whatever was told again", id)
          .hasSize(1);
    }
    assertThat(posted.stream().filter(it -> failed.stream().anyMatch(id -> told(id).test(it))))
        .as("at most one is told again for each kill")
        .hasSizeLessThanOrEqualTo(7);
  }

  private static Predicate<String> told(String task) {
    return it -> it.contains("\"displayIds\":[\"" + task + "\"]");
  }

  @Test
  void a_broken_hook_holds_up_nothing_and_is_counted_and_logged() throws IOException {
    status.set(500);
    bench
        .configured(
            PORTS + "[notices]\n" + webhook() + "[notices.command]\nrun = [\"/nowhere/hook\"]\n")
        .start();
    fails();
    fails();
    Await.until("both to be tried twice", () -> delivered("command", "failed") == 2);
    assertThat(delivered("webhook", "failed")).isEqualTo(2);
    assertThat(Files.readString(bench.home().resolve("logs/salvor.log")))
        .contains("no notice of subprocess_exited_nonzero by command: cannot run /nowhere/hook")
        .contains("the webhook answers with status 500");
  }

  @Test
  void that_a_restore_lost_records_is_told_though_more_had_been_told_before() {
    bench.configured(PORTS + "[notices]\n" + webhook()).start();
    fails();
    awaitPosted(1);
    var salvor = new CommandLine(bench.home(), bench.folder(), "user:ann");
    assertThat(salvor.run("backup", "create").status()).isZero();
    var first = SEQ.matcher(posted.getFirst());
    assertThat(first.find()).isTrue();
    fails();
    fails();
    awaitPosted(3);
    assertThat(salvor.run("stop").status()).isZero();
    var restored = salvor.run("backup", "restore", "--to", first.group(1), "--yes");
    assertThat(restored.status()).as("%s", restored).isZero();

    bench.start();
    Await.until(
        "the restore to be told",
        () -> posted.stream().anyMatch(it -> it.contains("\"cause\":\"store_restored\"")));
  }

  @Test
  void what_was_counted_and_told_is_not_told_again_by_the_next_server() {
    bench.configured(PORTS + "[notices]\nwindow = \"1s\"\nper = \"project\"\n" + webhook()).start();
    ScratchProject project = bench.project();
    List.of(
            bench.author().createAndDispatch(job(project, Scripts.exits(7))),
            bench.author().createAndDispatch(job(project, Scripts.exits(7))))
        .forEach(it -> bench.author().await(it.getName(), Task.State.FAILED));
    awaitPosted(2);
    Await.until("the server to note it", () -> !place().equals(placeBefore));
    bench.restartAfterKill();
    String later = fails().getDisplayId();
    Await.until("the later one to be told", () -> posted.stream().anyMatch(told(later)));
    assertThat(posted.stream().filter(it -> it.contains("\"subprocess_exited_nonzero\"")))
        .hasSize(3);
  }

  @Test
  void nobody_is_told_anything_by_itself() {
    bench.configured(PORTS).start();
    fails();
    assertThat(bench.home().resolve("notices")).doesNotExist();
  }
}
