package io.salvor.it.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.domain.recovery.Matrix;
import io.salvor.domain.recovery.Row;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Shell;
import io.salvor.v1.Agent;
import io.salvor.v1.DiagnoseTaskRequest;
import io.salvor.v1.Diagnosis;
import io.salvor.v1.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every row of the recovery matrix, brought about with a real process: the diagnosis names the
/// row, and the command that it gives leads to where it says.
@Order(4)
final class EveryRowTest {
  /// Writes what Claude Code writes, as far as it matters here; its first attempt does what the
  /// brief says behind `DO:`, a later one commits.
  private static final String SPOKEN =
      """
      session=; before=
      for word; do case $before in --session-id|--resume) session=$word;; esac; before=$word; done
      printf '{"type":"system","subtype":"init","session_id":"%s","model":"m","cwd":"%s"}\\n' "$session" "$PWD"
      if [ -e "$MARKS/$SALVOR_TASK" ]; then
        echo done >done.txt; git add .; git commit -qm Done
        printf '{"type":"result","subtype":"success","is_error":false,"result":"done","session_id":"%s","num_turns":1}\\n' "$session"
        exit 0
      fi
      : >"$MARKS/$SALVOR_TASK"
      eval "$(sed -n 's/^DO: //p')"
      """;

  /// The first attempts do what is asked of them, a later one commits.
  private static final String COMMAND =
      """
      tell() { printf '{"salvor":"%s",%s}\\n' "$1" "$2"; }
      echo >>"$1/$SALVOR_TASK"
      if [ "$(wc -l <"$1/$SALVOR_TASK")" -gt "$2" ]; then
        echo done >done.txt; git add .; git commit -qm Done
        exit 0
      fi
      """;

  private static final Map<String, String> names = new HashMap<>();
  private static final Bench bench = Bench.idle("rows");
  private static final ScratchProject project = bench.project();
  private static final ScratchProject gated = bench.project();

  @BeforeAll
  static void all_are_begun_at_once_so_that_they_wait_together() throws Exception {
    Path marks = Files.createDirectories(bench.folder().resolve("marks"));
    Path spoken = Files.writeString(bench.folder().resolve("spoken.sh"), SPOKEN);
    bench.configured(
        """
        max_concurrent = 50
        [breaker]
        failures = 0
        [agents.choosy]
        protocol = "command"
        command = ["sh"]
        model = "big"
        fallback_model = "small"
        [agents.spoken]
        protocol = "claude"
        command = ["sh", "%s"]
        environment = { MARKS = "%s" }
        [agents.absent]
        protocol = "command"
        command = ["%s"]
        [projects."%s"]
        gates = ["test -e done.txt"]
        """
            .formatted(spoken, marks, absent(), gated.root()));
    bench.start();
    for (Provocation it : Provocations.all()) {
      if (!needsControlGroups(it) || mayMakeControlGroups()) {
        names.put(it.row(), bench.author().createAndDispatch(job(it, marks)).getName());
      }
    }
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  private static Path absent() {
    return bench.folder().resolve("absent.sh");
  }

  private static Task.Builder job(Provocation it, Path marks) {
    var agent = Agent.newBuilder().setName(it.agent());
    if (it.agent().equals("command") || it.agent().equals("choosy")) {
      String script = COMMAND + it.script();
      agent.addAllCommand(
          List.of("sh", "-c", script, "agent", marks.toString(), Integer.toString(it.times())));
    }
    var task =
        Task.newBuilder()
            .setTitle(it.row())
            .setBrief("DO: " + it.script().replace("\n", "; "))
            .setProject((it.row().equals("gates") ? gated : project).root().toString())
            .setAgent(agent);
    it.limits().accept(task);
    return task;
  }

  private static boolean needsControlGroups(Provocation it) {
    return it.row().startsWith("out-of-memory");
  }

  private static boolean mayMakeControlGroups() {
    String probe =
        """
        groups=/sys/fs/cgroup/memory; [ -d $groups ] || groups=/sys/fs/cgroup
        mkdir $groups/salvor-probe-$$ || exit 1
        [ -e $groups/salvor-probe-$$/memory.limit_in_bytes ] || [ -e $groups/salvor-probe-$$/memory.max ]; may=$?
        rmdir $groups/salvor-probe-$$
        [ $may -eq 0 ] && dmesg >/dev/null
        """;
    return Shell.run(bench.folder(), List.of("sh", "-c", probe)).status() == 0;
  }

  static Stream<Provocation> provocations() {
    return Provocations.all().stream();
  }

  @Test
  void there_is_a_provocation_for_every_row() {
    Set<String> provoked = new HashSet<>(Provocations.ELSEWHERE.keySet());
    provoked.addAll(Provocations.NOT_HERE.keySet());
    Provocations.all().forEach(it -> provoked.add(it.row()));

    assertThat(provoked)
        .containsExactlyInAnyOrderElementsOf(Matrix.rows().stream().map(Row::name).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("provocations")
  void the_row_is_named_and_its_command_leads_to_a_review(Provocation it) throws Exception {
    assumeTrue(
        names.containsKey(it.row()), "no control group may be made here, or no kernel log read");
    String name = names.get(it.row());
    for (int attempt = 1; attempt < it.times(); attempt++) {
      bench.author().awaitRest(name);
      carryOut(diagnosis(name).getRemedy().getCommand());
    }
    Task rests = bench.author().awaitRest(name);
    if (rests.getState() == Task.State.REVIEW) {
      assertThat(it.row()).isEqualTo("success");
      return;
    }
    Diagnosis diagnosis = diagnosis(name);
    assertThat(diagnosis.getRemedy().getRow()).isEqualTo(it.row());

    if (it.row().equals("no-start")) {
      Files.writeString(absent(), "#!/bin/sh\ngit commit -q --allow-empty -m Done\n");
      Files.setPosixFilePermissions(absent(), PosixFilePermissions.fromString("rwx------"));
    }
    carryOut(diagnosis.getRemedy().getCommand());
    assertThat(bench.author().awaitRest(name).getState()).isEqualTo(Task.State.REVIEW);
  }

  private static Diagnosis diagnosis(String name) {
    return bench
        .author()
        .tasks()
        .diagnoseTask(DiagnoseTaskRequest.newBuilder().setName(name).build());
  }

  /// Types the command, with something in place of what a person chooses.
  private static void carryOut(String command) throws Exception {
    Path brief = Files.writeString(bench.folder().resolve("brief.md"), "Only the first half.");
    var salvor = new CommandLine(bench.home(), project.root(), "user:author");
    for (String one : command.split(" && ", -1)) {
      String[] words =
          Arrays.stream(one.split(" ", -1))
              .skip(1)
              .map(word -> word.equals("FILE") ? brief.toString() : word)
              .map(word -> word.equals("TEXT") ? "this" : word)
              .toArray(String[]::new);
      CommandLine.Outcome outcome = salvor.run(words);
      assertThat(outcome.status()).as("%s: %s", one, outcome.err()).isZero();
    }
  }
}
