package io.salvor.it.field;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.v1.Agent;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What agents tell of their cost: totals or increments, of a process or of a session.
final class CostsToldTest {
  /// Writes what Claude Code writes; its behaviour is the brief's.
  private static final String CLAUDE =
      """
      session=; before=
      for word; do case $before in --session-id|--resume) session=$word;; esac; before=$word; done
      printf '{"type":"system","subtype":"init","session_id":"%s","model":"claude-x","cwd":"%s"}\\n' "$session" "$PWD"
      result() { printf '{"type":"result","subtype":"success","is_error":%s,"result":"so","session_id":"%s","num_turns":%s,"total_cost_usd":%s,"usage":{"input_tokens":%s,"output_tokens":1}}\\n' "$1" "$session" "$2" "$3" "$4"; }
      """;

  /// Writes what Codex writes.
  private static final String CODEX =
      """
      printf '{"type":"thread.started","thread_id":"%s"}\\n{"type":"turn.started"}\\n' "$THREAD"
      turn() { printf '{"type":"turn.completed","usage":{"input_tokens":%s,"cached_input_tokens":0,"output_tokens":%s}}\\n' "$1" "$2"; }
      """;

  @AutoClose private static final Bench bench = Bench.idle("costs-told");
  private static final Gate gate = bench.gate();

  private final ScratchProject project = bench.project();

  @BeforeAll
  static void start() throws IOException {
    bench.configured(
        """
        [prices."*"]
        input = "1.00"
        output = "1.00"
        """
            + agent("repeating", "claude", CLAUDE, repeating())
            + agent(
                "resumed",
                "claude",
                CLAUDE,
                failsOnce("result true 2 1.25 100", "result false 1 0.40 50"))
            + agent("threaded", "codex", CODEX, failsOnce("turn 1000 100", "turn 1600 150"))
            + agent(
                "rethreaded",
                "codex",
                CODEX,
                failsOnce("turn 1000 100", "THREAD=other; turn 300 20")));
    bench.start();
  }

  private static String agent(String name, String protocol, String head, String body)
      throws IOException {
    Path script = Files.writeString(bench.folder().resolve(name + ".sh"), head + body);
    return """
    [agents.%s]
    protocol = "%s"
    command = ["sh", "%s"]
    environment = { GATE = "%s", THREAD = "0199a213-81c0-7800-8aa1-bbab2a035a53" }
    """
        .formatted(name, protocol, script, gate.fifo());
  }

  /// The same message again and again, and totals that rise.
  private static String repeating() {
    return """
    i=0
    while [ $i -lt 20 ]; do
      i=$((i + 1))
      printf '{"type":"assistant","message":{"id":"m1","role":"assistant","model":"claude-x","content":[{"type":"text","text":"t"}],"usage":{"input_tokens":1000,"output_tokens":1}},"session_id":"%s"}\\n' "$session"
    done
    result false 1 1.10 1000
    read -r word <"$GATE"
    result false 2 4.20 2000
    git commit -q --allow-empty -m Work
    exit 0
    """;
  }

  private static String failsOnce(String first, String second) {
    return """
    if [ ! -e begun ]; then
      echo x >begun; git add .; git commit -qm Begun
      %s
      exit 3
    fi
    %s
    exit 0
    """
        .formatted(first, second);
  }

  private Task.Builder task(String agent) {
    return Task.newBuilder()
        .setTitle(agent)
        .setBrief("Do it.")
        .setProject(project.root().toString())
        .setAgent(Agent.newBuilder().setName(agent));
  }

  /// $169 is shown for a session of four: totals that were summed.
  @Test
  void totals_that_are_told_again_count_once_through_two_kills_F153() {
    Task task = bench.author().createAndDispatch(task("repeating"));
    Await.until(
        "its first total",
        () -> bench.author().get(task.getName()).getTotalUsage().getCostMicroUsd() >= 1_100_000);
    bench.restartAfterKill();
    assertThat(bench.author().get(task.getName()).getTotalUsage().getCostMicroUsd())
        .isEqualTo(1_100_000);
    gate.open();
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getTotalUsage().getCostMicroUsd()).isEqualTo(4_200_000);
    assertThat(reviewed.getTotalUsage().getInputTokens()).isEqualTo(2_000);
    bench.restartAfterKill();
    assertThat(bench.author().get(task.getName()).getTotalUsage())
        .isEqualTo(reviewed.getTotalUsage());
  }

  /// A resumed session's cost is counted once for each resume - or not at all.
  @Test
  void a_session_that_is_gone_on_with_is_counted_as_its_agent_counts_F155() {
    assertThat(resumed("resumed").getTotalUsage().getCostMicroUsd()).isEqualTo(1_650_000);

    Task threaded = resumed("threaded");
    assertThat(threaded.getTotalUsage().getInputTokens()).isEqualTo(1_600);
    assertThat(threaded.getTotalUsage().getOutputTokens()).isEqualTo(150);
    assertThat(threaded.getTotalUsage().getCostMicroUsd()).isEqualTo(1_750);

    Task rethreaded = resumed("rethreaded");
    assertThat(rethreaded.getTotalUsage().getInputTokens()).isEqualTo(1_300);
    assertThat(rethreaded.getTotalUsage().getCostMicroUsd()).isEqualTo(1_420);
  }

  private Task resumed(String agent) {
    Task task = bench.author().createAndDispatch(task(agent));
    bench.author().await(task.getName(), Task.State.FAILED);
    bench.author().dispatchResuming(task.getName());
    return bench.author().await(task.getName(), Task.State.REVIEW);
  }
}
