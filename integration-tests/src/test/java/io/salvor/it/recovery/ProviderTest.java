package io.salvor.it.recovery;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Scrape;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Agent;
import io.salvor.v1.Attempt;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.Recovery;
import io.salvor.v1.Task;
import io.salvor.v1.TimelineEntry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A provider that does not serve its agents, as programs tell it that speak the documented lines.
final class ProviderTest {
  private static final String WORK = "git commit -q --allow-empty -m Work; exit 0";

  /// Says once for each line of the marker file's length less than `times` what its provider
  /// answered; works after that.
  private static List<String> refusedFirst(Path marker, int times, String result) {
    return Scripts.script(
        """
        echo x >>"$1"
        if [ "$(wc -l <"$1")" -le %d ]; then
          printf '{"salvor":"result",%s}\\n'
          exit 1
        fi
        """
                .formatted(times, result)
            + WORK,
        marker.toString());
  }

  private static final String OVERLOADED = "\"status\":\"provider_overloaded\"";

  private static Task.Builder auto(Task.Builder task) {
    return task.setRecovery(Recovery.newBuilder().setMode(Recovery.Mode.AUTO));
  }

  private static Diagnosis diagnosis(Bench bench, Task task) {
    return bench
        .author()
        .tasks()
        .diagnoseTask(DiagnoseTaskRequest.newBuilder().setName(task.getName()).build());
  }

  private static List<String> problems(Bench bench) {
    return bench
        .author()
        .instance()
        .getStatus(GetStatusRequest.getDefaultInstance())
        .getProblemsList();
  }

  private static Instant until(Task task) {
    var time = task.getWaitsFor().getUntilTime();
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  @Test
  void a_provider_that_says_when_is_asked_then_and_the_attempt_does_not_count() {
    try (Bench bench = Bench.idle("retry-after").configured("[recovery]\nretry_wait = \"1s\"\n")) {
      bench.start();
      ScratchProject project = bench.project();
      var later = "\"status\":\"provider_rate_limited\",\"retry_after_s\":5000";
      Task waits =
          bench
              .author()
              .createAndDispatch(auto(job(project, refusedFirst(bench.fresh("marker"), 1, later))));
      Task parked = bench.author().await(waits.getName(), Task.State.READY, 1);
      assertThat(until(parked)).isAfter(Instant.now().plusSeconds(4_000));
      assertThat(parked.getStateDetail())
          .startsWith("rate-limited: ")
          .contains("The provider said: not before ")
          .endsWith("; the next attempt comes by itself");

      var soon = "\"status\":\"provider_rate_limited\",\"retry_after_s\":2";
      Task goesOn =
          bench
              .author()
              .createAndDispatch(
                  auto(job(project, refusedFirst(bench.fresh("marker"), 2, soon)))
                      .setRecovery(
                          Recovery.newBuilder().setMode(Recovery.Mode.AUTO).setMaxRetries(0)));
      Task reviewed = bench.author().await(goesOn.getName(), Task.State.REVIEW);
      assertThat(reviewed.getAttemptsList())
          .extracting(it -> it.getEnding().getReason())
          .containsExactly("provider_rate_limited", "provider_rate_limited", "success");
      for (int i = 1; i < 3; i++) {
        Attempt before = reviewed.getAttempts(i - 1);
        Attempt after = reviewed.getAttempts(i);
        assertThat(after.getStartTime().getSeconds() - before.getEndTime().getSeconds())
            .isGreaterThanOrEqualTo(1);
      }
    }
  }

  @Test
  void refused_credentials_stop_at_once() {
    try (Bench bench = Bench.started("credentials")) {
      List<String> refused = refusedFirst(bench.fresh("marker"), 9, "\"status\":\"provider_auth\"");
      Task task = bench.author().createAndDispatch(auto(job(bench.project(), refused)));
      Task failed = bench.author().await(task.getName(), Task.State.FAILED);
      assertThat(failed.getAttemptsList()).hasSize(1);
      assertThat(diagnosis(bench, failed).getRemedy().getRow()).isEqualTo("credentials");
      assertThat(diagnosis(bench, failed).getRemedy().getCommand())
          .isEqualTo("salvor task dispatch --resume " + failed.getDisplayId());
    }
  }

  @Test
  void failures_of_two_tasks_hold_a_third_through_a_restart_and_the_status_says_until_when() {
    try (Bench bench =
        Bench.idle("held")
            .configured(
                "[breaker]\nfailures = 2\ncool_down = \"20m\"\ncool_down_most = \"1h\"\n")) {
      bench.start();
      ScratchProject project = bench.project();
      for (int i = 0; i < 2; i++) {
        Task task =
            bench
                .author()
                .createAndDispatch(
                    job(project, refusedFirst(bench.fresh("marker"), 1, OVERLOADED)));
        bench.author().await(task.getName(), Task.State.FAILED);
      }
      Task third = bench.author().createAndDispatch(job(project, Scripts.commits("a.txt")));
      isHeld(bench, third);
      bench.restartAfterKill();
      isHeld(bench, third);
      assertThat(Scrape.of(bench.server()).value("salvor_providers_held")).isEqualTo(1);

      Task other =
          bench
              .author()
              .createAndDispatch(
                  job(project, Scripts.commits("b.txt"))
                      .setAgent(
                          Agent.newBuilder()
                              .setName("command")
                              .setModel("another")
                              .addAllCommand(Scripts.commits("b.txt"))));
      bench.author().await(other.getName(), Task.State.REVIEW);
    }
  }

  private static void isHeld(Bench bench, Task task) {
    Task queued = bench.author().get(task.getName());
    assertThat(queued.getState()).isEqualTo(Task.State.QUEUED);
    assertThat(queued.getWaitsFor().getWhat())
        .isEqualTo(
            "a trial of the provider of command, which failed 2 attempts in a row, the last with"
                + " provider_overloaded");
    assertThat(until(queued)).isBetween(Instant.now(), Instant.now().plusSeconds(1_200));
    assertThat(problems(bench))
        .anyMatch(it -> it.contains("the provider of command, which failed"));
  }

  @Test
  void after_the_time_a_trial_that_is_answered_lets_the_others_begin() {
    try (Bench bench =
        Bench.idle("trial")
            .configured(
                """
                [recovery]
                mode = "auto"
                retry_wait = "1s"
                retry_wait_most = "2s"

                [breaker]
                failures = 2
                cool_down = "1s"
                """)) {
      bench.start();
      ScratchProject project = bench.project();
      Path marker = bench.fresh("marker");
      List<Task> tasks =
          Stream.generate(() ->
                  bench
                      .author()
                      .createAndDispatch(job(project, refusedFirst(marker, 4, OVERLOADED))))
              .limit(4)
              .toList();
      for (Task task : tasks) {
        bench.author().await(task.getName(), Task.State.REVIEW);
      }
      assertThat(problems(bench)).noneMatch(it -> it.contains("which failed"));
      Await.until(
          "nothing held", () -> Scrape.of(bench.server()).value("salvor_providers_held") == 0);
    }
  }

  private static final String BY_MODEL =
      """
      model = "big"
      fallback_model = "small"
      protocol = "command"
      command = ["sh", "-c", "[ $SALVOR_MODEL = big ] && { echo '{\\"salvor\\":\\"result\\",\\"status\\":\\"%s\\"}'; exit 1; }; git commit -q --allow-empty -m Work"]
      """;

  @Test
  void an_overloaded_model_is_left_for_the_fallback_and_the_diagnosis_shows_it() {
    try (Bench bench =
        Bench.idle("fallback")
            .configured(
                "[recovery]\nretry_wait = \"1s\"\n\n[agents.mine]\n"
                    + BY_MODEL.formatted("provider_overloaded")
                    + "\n[agents.other]\n"
                    + BY_MODEL.formatted("model_unavailable"))) {
      bench.start();
      ScratchProject project = bench.project();
      for (String name : List.of("mine", "other")) {
        Task task = bench.author().createAndDispatch(auto(named(project, name)));
        assertThat(task.getAgent().getFallbackModel()).isEqualTo("small");
        Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
        assertThat(reviewed.getAttemptsList()).hasSize(2);
        assertThat(reviewed.getAgent().getModel()).isEqualTo("small");
        assertThat(diagnosis(bench, reviewed).getTimelineList())
            .extracting(TimelineEntry::getText)
            .contains("changed model to small");
      }
      Task advised = bench.author().createAndDispatch(named(project, "mine"));
      Task failed = bench.author().await(advised.getName(), Task.State.FAILED);
      String id = failed.getDisplayId();
      assertThat(diagnosis(bench, failed).getRemedy().getRow()).isEqualTo("overloaded-fallback");
      assertThat(diagnosis(bench, failed).getRemedy().getCommand())
          .isEqualTo(
              "salvor task edit --model small " + id + " && salvor task dispatch --resume " + id);
    }
  }

  private static Task.Builder named(ScratchProject project, String agent) {
    return Task.newBuilder()
        .setTitle("Try " + agent)
        .setProject(project.root().toString())
        .setAgent(Agent.newBuilder().setName(agent));
  }

  @Test
  void the_same_ending_three_times_a_day_is_a_notice_that_names_the_setting() {
    try (Bench bench = Bench.started("notice")) {
      ScratchProject project = bench.project();
      for (int i = 0; i < 3; i++) {
        assertThat(problems(bench)).isEmpty();
        Task task = bench.author().createAndDispatch(job(project, Scripts.exits(3)));
        bench.author().await(task.getName(), Task.State.FAILED);
      }
      assertThat(problems(bench))
          .singleElement()
          .asString()
          .startsWith("3 or more attempts of command ended with subprocess_exited_nonzero today: ")
          .contains("agents.command.command");
    }
  }
}
