package io.salvor.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.ServerAddress;
import io.salvor.v1.RunEvent;
import io.salvor.v1.RunEvent.EventCase;
import io.salvor.v1.RunResult;
import io.salvor.v1.RunResult.Status;
import io.salvor.v1.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `salvor run`, called as a script calls it: no server runs before.
@Order(7)
final class RunTest {
  private static final String COMMITS = "echo new >new.txt; git add .; git commit -qm New";

  @AutoClose private static final Bench bench = Bench.idle("run");

  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:author");

  static Stream<Arguments> exitCodes() {
    return Stream.of(
            row("success", 0, Status.SUCCESS, COMMITS),
            row("error", 1, Status.FAILED, "exit 3"),
            row("timeout", 1, Status.FAILED, "echo begun; exec sleep 1000", "--timeout", "1s"),
            row("no such task", 3, Status.REFUSED, "", "--continue", "TASK-0999"),
            row("no repository", 7, Status.REFUSED, "exit 0", "--project", "/"),
            row("blocked", 10, Status.BLOCKED, says("{\"salvor\":\"question\",\"text\":\"Why?\"}")),
            row(
                "paused",
                10,
                Status.BLOCKED,
                says("{\"salvor\":\"usage\",\"cost_usd\":2}") + "; exec sleep 1000",
                "--budget",
                "1"),
            row(
                "reload",
                12,
                Status.RELOAD,
                says(
                    "{\"salvor\":\"reload\"}",
                    "{\"salvor\":\"usage\",\"cost_usd\":2}",
                    "{\"salvor\":\"result\",\"status\":\"success\"}"),
                "--budget",
                "1"))
        .flatMap(row -> Stream.of("text", "json", "stream-json").map(row::in));
  }

  private record Row(String name, int exit, Status status, String script, List<String> options) {
    Arguments in(String format) {
      return Arguments.of(name, exit, status, script, options, format);
    }
  }

  private static Row row(String name, int exit, Status status, String script, String... options) {
    return new Row(name, exit, status, script, List.of(options));
  }

  private static String says(String... lines) {
    return "printf '%s\\n' '" + String.join("' '", lines) + "'";
  }

  @ParameterizedTest(name = "{0} is {1} in {5}")
  @MethodSource("exitCodes")
  void each_end_has_its_exit_code_in_every_format(
      String name, int exit, Status status, String script, List<String> options, String format)
      throws InvalidProtocolBufferException {
    List<String> words = new ArrayList<>(List.of("run", "--max-restarts", "0"));
    words.addAll(options);
    words.addAll(List.of("--output-format", format));
    if (!script.isEmpty()) {
      words.addAll(List.of("Try " + name, "--agent", "command", "--", "sh", "-c", script));
    }
    Outcome outcome = salvor.run(words.toArray(String[]::new));
    assertThat(outcome.status()).as("%s", outcome).isEqualTo(exit);
    if (format.equals("text")) {
      assertThat(outcome.out().isEmpty()).isEqualTo(status == Status.REFUSED);
    } else {
      RunResult result = format.equals("json") ? result(outcome) : lastOf(outcome);
      assertThat(result.getStatus()).isEqualTo(status);
      assertThat(result.getExitCode()).isEqualTo(exit);
    }
  }

  @Test
  void words_that_make_no_sense_are_exit_code_2() {
    assertThat(salvor.run("run", "two", "words").status()).isEqualTo(2);
    assertThat(salvor.run("run").status()).isEqualTo(2);
    assertThat(salvor.run("run", "--continue", "1", "and a brief").status()).isEqualTo(2);
  }

  @Test
  void the_result_says_what_was_done() throws InvalidProtocolBufferException {
    String script =
        says(
                "{\"salvor\":\"session\",\"id\":\"s-1\"}",
                "{\"salvor\":\"tool_call\",\"id\":\"1\",\"tool\":\"edit\"}",
                "{\"salvor\":\"tool_result\",\"id\":\"1\"}",
                "{\"salvor\":\"usage\",\"input_tokens\":12,\"output_tokens\":3,\"cost_usd\":0.02}")
            + "; "
            + COMMITS
            + "; echo left >left.txt";
    Outcome outcome =
        salvor.run("run", "# A title\n\nmore", "-o", "json", "--", "sh", "-c", script);
    RunResult result = result(outcome);
    assertThat(outcome.status()).isZero();
    assertThat(result.getState()).isEqualTo(Task.State.REVIEW);
    assertThat(result.getAttempt()).isEqualTo(1);
    assertThat(result.getSession()).isEqualTo("s-1");
    assertThat(result.getToolCalls()).isEqualTo(1);
    assertThat(result.getUsage().getInputTokens()).isEqualTo(12);
    assertThat(result.getUsage().getCostMicroUsd()).isEqualTo(20_000);
    assertThat(result.getCommits()).isEqualTo(1);
    assertThat(result.getFiles()).isEqualTo(1);
    assertThat(result.getUncommittedFiles()).isEqualTo(1);
    assertThat(result.getEnding().getReason()).isEqualTo("success");
    assertThat(result.getNextCommand()).contains("salvor task").contains(result.getTask());
    aServerThatStays();
    assertThat(show(result.getTask()).getTitle()).isEqualTo("A title");
    assertThat(show(result.getTask()).getBrief()).isEqualTo("# A title\n\nmore");
    assertThat(salvor.run("stop").status()).isZero();
  }

  @Test
  void jsonl_tells_every_record_once_and_the_result_last() throws InvalidProtocolBufferException {
    Outcome outcome = salvor.run("run", "Write", "-o", "jsonl", "--", "sh", "-c", COMMITS);
    List<RunEvent> events = events(outcome);
    List<Long> seqs =
        events.stream().filter(RunEvent::hasRecord).map(it -> it.getRecord().getSeq()).toList();
    assertThat(seqs).isSorted().doesNotHaveDuplicates();
    assertThat(events.stream().filter(RunEvent::hasRecord).map(it -> it.getRecord().getKind()))
        .startsWith("salvor.task.created.v1")
        .contains("salvor.attempt.spawned.v1", "salvor.attempt.ended.v1")
        .endsWith("salvor.review.asked.v1");
    assertThat(events.getLast().getEventCase()).isEqualTo(EventCase.RESULT);
    assertThat(outcome.err()).contains("REVIEW");
  }

  @Test
  void an_agent_that_failed_is_started_again_in_its_workspace()
      throws InvalidProtocolBufferException {
    String script = "[ -e half ] && { " + COMMITS + "; exit 0; }; echo half >half; exit 7";
    Outcome outcome =
        salvor.run("run", "Twice", "--restart-after", "1s", "-o", "json", "--", "sh", "-c", script);
    RunResult result = result(outcome);
    assertThat(outcome.status()).as("%s", outcome).isZero();
    assertThat(result.getRestarts()).isEqualTo(1);
    assertThat(result.getAttempt()).isEqualTo(2);
    assertThat(result.getFiles()).isEqualTo(2);
    assertThat(outcome.err()).contains("restart 1 of 3 in 1s");
  }

  @Test
  void restarts_come_to_an_end() throws InvalidProtocolBufferException {
    Outcome outcome =
        salvor.run(
            "run",
            "Never",
            "--max-restarts",
            "2",
            "--restart-after",
            "1s",
            "-o",
            "json",
            "--",
            "sh",
            "-c",
            "exit 7");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(result(outcome).getRestarts()).isEqualTo(2);
    assertThat(result(outcome).getAttempt()).isEqualTo(3);
  }

  @Test
  void questions_are_answered_from_a_file_each_with_what_fits()
      throws InvalidProtocolBufferException {
    Path answers = project.root().resolveSibling(project.root().getFileName() + ".answers");
    ScratchProject.write(answers, "? colour\nred\n---\nthe first\n");
    String script =
        """
        cat >"prompt-$SALVOR_TASK"; grep -h . prompt-* >seen
        if ! grep -q 'the first' seen; then printf '{"salvor":"question","text":"Which one?"}\\n'
        elif ! grep -q '  red' seen; then printf '{"salvor":"question","text":"Which COLOUR?"}\\n'
        elif ! grep -q 'it is done' seen; then printf '{"salvor":"question","text":"Is it done?"}\\n'
        fi
        """;
    Outcome outcome =
        salvor.run(
            "run", "Ask", "--answers", answers.toString(), "-o", "json", "--", "sh", "-c", script);
    assertThat(outcome.status()).as("%s", outcome).isEqualTo(10);
    RunResult result = result(outcome);
    assertThat(result.getAttempt()).isEqualTo(3);
    assertThat(result.getQuestion()).isEqualTo("Is it done?");
    assertThat(result.getNextCommand()).startsWith("salvor task answer " + result.getTask());
    aServerThatStays();
    assertThat(salvor.run("task", "answer", result.getTask(), "").status()).isEqualTo(7);
    Outcome answered = salvor.run("task", "answer", result.getTask(), "it is done", "--wait");
    assertThat(answered.status()).as("%s", answered).isZero();
    assertThat(show(result.getTask()).getAttemptsList())
        .extracting(it -> it.getAnswer().getText())
        .containsExactly("the first", "red", "it is done", "");
    assertThat(salvor.run("task", "answer", result.getTask(), "again").status()).isEqualTo(4);
    assertThat(salvor.run("stop").status()).isZero();
  }

  @ParameterizedTest
  @MethodSource("signals")
  void a_signal_cancels_the_task_in_order(String signal) throws Exception {
    Gate gate = bench.gate();
    Process run = waiting(gate);
    new ProcessBuilder("kill", "-s", signal, Long.toString(run.pid())).start().waitFor();
    Outcome outcome = CommandLine.outcome(run);
    assertThat(outcome.status()).as("%s", outcome).isEqualTo(11);
    RunResult result = result(outcome);
    assertThat(result.getStatus()).isEqualTo(Status.CANCELLED);
    assertThat(result.getState()).isEqualTo(Task.State.CANCELLED);
    assertThat(outcome.err()).contains("is being cancelled; its work is kept");
    assertThat(result.getUncommittedFiles()).isEqualTo(1);
  }

  static List<String> signals() {
    return List.of("INT", "TERM");
  }

  @Test
  void a_run_outlives_its_server() throws Exception {
    Gate gate = bench.gate();
    Process run = waiting(gate);
    long server = ServerAddress.in(bench.home()).orElseThrow().pid();
    ProcessHandle.of(server).orElseThrow().destroyForcibly();
    gate.open();
    Outcome outcome = CommandLine.outcome(run);
    assertThat(outcome.status()).as("%s", outcome).isZero();
    assertThat(result(outcome).getAttempt()).isEqualTo(1);
    assertThat(outcome.err()).contains("no server ran; one is started");
  }

  @Test
  void a_run_that_meets_a_server_on_its_way_out_starts_another() {
    salvor.run("run", "Write", "--", "sh", "-c", COMMITS);
    ServerAddress.in(bench.home())
        .flatMap(it -> ProcessHandle.of(it.pid()))
        .ifPresent(ProcessHandle::destroy);
    Outcome outcome = salvor.run("run", "Write more", "--", "sh", "-c", "true");
    assertThat(outcome.status()).as("%s", outcome).isZero();
  }

  @Test
  void two_runs_that_begin_at_once_share_one_server() {
    Await.until("no server", () -> ServerAddress.in(bench.home()).isEmpty());
    List<Process> both =
        Stream.of("One", "Two")
            .map(it -> salvor.start("run", it, "-o", "json", "--", "sh", "-c", "true"))
            .toList();
    List<Outcome> outcomes = both.stream().map(CommandLine::outcome).toList();
    assertThat(outcomes).allSatisfy(it -> assertThat(it.status()).as("%s", it).isZero());
    assertThat(outcomes.stream().filter(it -> it.err().contains("one is started"))).hasSize(1);
  }

  @Test
  void a_run_that_was_killed_is_gone_on_with() throws Exception {
    Gate gate = bench.gate();
    Process run = waiting(gate, "--request-id", "nightly");
    run.destroyForcibly().waitFor();
    gate.open();
    RunResult result = result(CommandLine.outcome(begin(gate, "--request-id", "nightly")));
    assertThat(result.getExitCode()).isZero();
    assertThat(result.getAttempt()).isEqualTo(1);
    Outcome again = salvor.run("run", "--continue", result.getTask(), "-o", "json");
    assertThat(result(again).getTask()).isEqualTo(result.getTask());
    assertThat(again.status()).isZero();
  }

  @Test
  void who_runs_a_failed_run_again_gets_another_attempt() throws InvalidProtocolBufferException {
    String script = "[ -e half ] && exit 0; echo half >half; exit 7";
    String[] words = {
      "run",
      "Once more",
      "--request-id",
      "again",
      "--max-restarts",
      "0",
      "-o",
      "json",
      "--",
      "sh",
      "-c",
      script
    };
    assertThat(salvor.run(words).status()).isEqualTo(1);
    RunResult second = result(salvor.run(words));
    assertThat(second.getExitCode()).isZero();
    assertThat(second.getAttempt()).isEqualTo(2);
  }

  @Test
  void a_server_that_a_run_started_ends_when_nothing_is_left_to_do() {
    assertThat(salvor.run("run", "Write", "--", "sh", "-c", COMMITS).status()).isZero();
    Await.until("the server to end", () -> ServerAddress.in(bench.home()).isEmpty());
  }

  /// Whoever asks after a run may come later than its server's end.
  private void aServerThatStays() {
    Outcome served = salvor.run("serve", "--listen=127.0.0.1:0", "--http=127.0.0.1:0");
    assertThat(served.status()).as("%s", served).isZero();
  }

  /// A run whose agent has left a file and waits at the gate.
  private Process waiting(Gate gate, String... options) {
    Process run = begin(gate, options);
    Await.until("the agent", this::left);
    return run;
  }

  private boolean left() {
    String[] names = bench.folder().toFile().list();
    return names != null
        && Stream.of(names)
            .filter(it -> it.startsWith(project.root().getFileName() + "-"))
            .anyMatch(
                it -> project.root().resolveSibling(it).resolve("left.txt").toFile().exists());
  }

  private Process begin(Gate gate, String... options) {
    List<String> words = new ArrayList<>(List.of("run", "Wait", "-o", "json"));
    words.addAll(List.of(options));
    String script =
        "echo left >left.txt; read -r word <'"
            + gate.fifo()
            + "'; [ \"$word\" = go ] || exit 9; "
            + COMMITS;
    words.addAll(List.of("--", "sh", "-c", script));
    return salvor.start(words.toArray(String[]::new));
  }

  private Task show(String id) throws InvalidProtocolBufferException {
    var task = Task.newBuilder();
    JsonFormat.parser().merge(salvor.run("task", "show", id, "-o", "json").out(), task);
    return task.build();
  }

  private static RunResult result(Outcome outcome) throws InvalidProtocolBufferException {
    var result = RunResult.newBuilder();
    JsonFormat.parser().merge(outcome.out(), result);
    return result.build();
  }

  private static List<RunEvent> events(Outcome outcome) throws InvalidProtocolBufferException {
    List<RunEvent> events = new ArrayList<>();
    for (String line : outcome.out().lines().toList()) {
      var event = RunEvent.newBuilder();
      JsonFormat.parser().merge(line, event);
      events.add(event.build());
    }
    return events;
  }

  private static RunResult lastOf(Outcome outcome) throws InvalidProtocolBufferException {
    return events(outcome).getLast().getResult();
  }
}
