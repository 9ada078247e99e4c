package io.salvor.domain.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.task.Advice;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Ending.Codepath;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.StopCause;
import io.salvor.domain.task.TaskStory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The recovery matrix, row by row, and as a whole.
final class MatrixTest {
  /// reason | what holds besides | row | remedy | limits doubled
  private static final String TABLE =
      """
      success                   |                    | success              | stop           |
      cancelled                 | commits            | cancelled            | stop           |
      frozen                    | commits            | frozen               | ask            |
      input_required            | commits            | question             | ask            |
      permission_denied         | commits            | denied               | ask            |
      provider_auth             |                    | credentials          | ask            |
      provider_auth             | again commits      | credentials          | ask            |
      workspace_failed          | said gone          | workspace            | ask            |
      workspace_failed          | commits            | workspace            | ask            |
      killed_by_signal          | said gone          | branch-gone          | ask            |
      spawn_failed              | start              | no-start             | ask            |
      workspace_failed          | start gone         | no-start             | ask            |
      provider_rate_limited     | commits            | rate-limited         | park           |
      provider_rate_limited     | again commits      | rate-limited         | park           |
      provider_outage           |                    | outage               | park           |
      provider_outage           | again              | outage               | park           |
      provider_overloaded       |                    | overloaded           | park           |
      provider_overloaded       | again commits      | overloaded           | park           |
      provider_overloaded       | fallback           | overloaded-fallback  | park           | MODEL
      model_unavailable         |                    | model-unavailable    | ask            |
      model_unavailable         | again fallback     | model-fallback       | park           | MODEL
      provider_outage           | fallback           | outage               | park           |
      killed_by_signal          | again commits      | same-twice           | ask            |
      subprocess_exited_nonzero | again commits      | same-twice           | ask            |
      line_timeout              | again open said    | same-twice           | ask            |
      loop_detected             | again commits      | same-twice           | ask            |
      deadline_exceeded         | again commits      | same-twice           | ask            |
      cost_limit                | spiralled said     | money-spiralled      | fresh_narrower | COST
      token_limit               | spiralled said     | tokens-spiralled     | fresh_narrower | TOKENS
      cost_limit                | commits            | money                | ask            | COST
      token_limit               | files              | tokens               | ask            | TOKENS
      deadline_exceeded         | spiralled said     | limit-spiralled      | fresh_narrower |
      turn_limit                | spiralled said     | limit-spiralled      | fresh_narrower |
      deadline_exceeded         | commits            | deadline             | resume         | DEADLINE
      deadline_exceeded         | files              | deadline             | resume         | DEADLINE
      deadline_exceeded         | session            | deadline             | resume         | DEADLINE
      deadline_exceeded         | said               | deadline-nothing     | fresh          | DEADLINE
      turn_limit                | commits            | turns                | resume         | TURNS
      output_limit              | said commits       | output               | ask            |
      loop_detected             | said               | loop                 | resume         |
      line_timeout              | open said          | long-tool            | resume         | SILENCE
      line_timeout              | reading said       | long-thought         | resume         | SILENCE DEADLINE
      line_timeout              | commits            | never-spoke-at-work  | resume         | FIRST_EVENT
      line_timeout              | files              | never-spoke-at-work  | resume         | FIRST_EVENT
      line_timeout              |                    | never-spoke          | fresh          | FIRST_EVENT
      line_timeout              | reading            | never-spoke          | fresh          | FIRST_EVENT
      line_timeout              | said commits       | fell-silent          | resume         |
      line_timeout              | said               | fell-silent-nothing  | fresh          |
      oom_killed                | said files         | out-of-memory        | resume         |
      oom_killed                | said               | out-of-memory-nothing | fresh         |
      killed_by_signal          | said files         | killed               | resume         |
      killed_by_signal          | said session       | killed               | resume         |
      killed_by_signal          |                    | killed-nothing       | fresh          |
      host_lost                 | said commits       | host-lost            | resume         |
      lease_lost                | said session       | host-lost            | resume         |
      host_lost                 |                    | host-lost-nothing    | fresh          |
      result_reported_error     | said               | reported-error       | fresh_narrower |
      result_reported_error     | said commits       | reported-error       | fresh_narrower |
      subprocess_exited_nonzero | said commits       | broke-off            | resume         |
      subprocess_exited_nonzero | said files         | broke-off            | resume         |
      subprocess_exited_nonzero | said session       | broke-off-nothing    | fresh          |
      subprocess_exited_nonzero |                    | broke-off-nothing    | fresh          |
      result_missing            | said commits       | no-result            | resume         |
      malformed_stream          | said session       | no-result            | resume         |
      read_error                |                    | no-result-nothing    | fresh          |
      gates_failed              | said commits       | gates                | resume         |
      spawn_failed              |                    | unknown              | ask            |
      """;

  record Line(Symptoms symptoms, String row, String remedy, List<String> raise) {
    static Line of(String line) {
      List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
      return new Line(
          MatrixTest.symptoms(
              Reason.valueOf(cells.get(0).toUpperCase(java.util.Locale.ROOT)), cells.get(1)),
          cells.get(2),
          cells.get(3),
          words(cells.size() > 4 ? cells.get(4) : ""));
    }
  }

  static List<String> lines() {
    return TABLE.lines().toList();
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  static Symptoms symptoms(Reason reason, String holds) {
    List<String> words = words(holds);
    return new Symptoms(
        words.contains("start") ? Codepath.START_FAILED : Codepath.STREAM_EOF_FALLBACK,
        reason,
        words.contains("commits") ? 2 : 0,
        words.contains("files") ? 3 : 0,
        !words.contains("gone"),
        words.contains("open"),
        words.contains("said"),
        words.contains("session"),
        words.contains("fallback"),
        words.contains("spiralled"),
        words.contains("reading"),
        words.contains("again"));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void each_ending_has_its_remedy(String text) {
    Line line = Line.of(text);
    Row row = Matrix.row(line.symptoms());
    assertThat(row.name()).isEqualTo(line.row());
    assertThat(row.remedy().label()).isEqualTo(line.remedy());
    assertThat(row.raise()).map(Enum::name).isEqualTo(line.raise());
    assertThat(row.why()).isNotBlank().endsWith(".");
  }

  @Test
  void every_row_is_in_the_table_and_has_a_name_of_its_own() {
    assertThat(lines().stream().map(it -> Line.of(it).row()).distinct())
        .containsExactlyInAnyOrderElementsOf(Matrix.rows().stream().map(Row::name).toList());
  }

  @Test
  void what_goes_on_in_a_workspace_has_something_to_go_on_from_Z9() {
    for (Symptoms it : everything()) {
      Row row = Matrix.row(it);
      if (row.remedy() == io.salvor.domain.task.Remedy.FRESH) {
        assertThat(it.work() && it.branchThere() && it.said())
            .as("work would be set aside by %s: %s", row.name(), it)
            .isFalse();
      }
    }
  }

  @Test
  void every_reason_has_a_row_of_its_own_that_names_it() {
    for (Reason reason : Reason.values()) {
      if (reason != Reason.SPAWN_FAILED && reason != Reason.WORKSPACE_FAILED) {
        assertThat(Matrix.rows()).anyMatch(row -> row.when().contains(reason.label()));
      }
    }
  }

  /// All combinations of what the matrix looks at.
  private static List<Symptoms> everything() {
    var all = new ArrayList<Symptoms>();
    for (Codepath codepath : Codepath.values()) {
      for (Reason reason : Reason.values()) {
        for (int bits = 0; bits < 1 << 10; bits++) {
          all.add(
              new Symptoms(
                  codepath,
                  reason,
                  bits & 1,
                  bits >> 1 & 1,
                  (bits >> 2 & 1) == 1,
                  (bits >> 3 & 1) == 1,
                  (bits >> 4 & 1) == 1,
                  (bits >> 5 & 1) == 1,
                  (bits >> 6 & 1) == 1,
                  (bits >> 7 & 1) == 1,
                  (bits >> 8 & 1) == 1,
                  (bits >> 9 & 1) == 1));
        }
      }
    }
    return all;
  }

  @Test
  void a_limit_that_was_the_cause_is_doubled() {
    TaskStory story =
        TaskStory.running()
            .output(Samples.said(0))
            .see(new Finding.LimitReached(StopCause.DEADLINE))
            .see(Samples.gone(Samples.stoppedAt(10)));
    Advice advice = new Matrix().advise(story.task());
    Duration doubled = Limits.DEFAULT.deadline().multipliedBy(2);
    assertThat(advice.row()).isEqualTo("deadline");
    assertThat(advice.changes())
        .containsExactly(new Change.TimeLimit(Change.Timer.DEADLINE, doubled));
  }

  @Test
  void no_limit_is_doubled_beyond_what_it_may_be() {
    Limits greatest =
        Limits.DEFAULT
            .withDeadline(Limits.LONGEST)
            .withTurns(OptionalInt.of(Limits.MOST_TURNS - 1))
            .withTokens(OptionalLong.of(Limits.MOST))
            .withCost(Optional.of(new MicroUsd(Limits.MOST)));
    assertThat(raised(greatest, StopCause.DEADLINE))
        .containsExactly(new Change.TimeLimit(Change.Timer.DEADLINE, Limits.LONGEST));
    assertThat(raised(greatest, StopCause.TURN_LIMIT))
        .containsExactly(new Change.Turns(OptionalInt.of(Limits.MOST_TURNS)));
    assertThat(raised(greatest, StopCause.TOKEN_LIMIT))
        .containsExactly(new Change.Tokens(OptionalLong.of(Limits.MOST)));
    assertThat(raised(greatest, StopCause.COST_LIMIT))
        .containsExactly(new Change.Cost(Optional.of(new MicroUsd(Limits.MOST))));
  }

  /// As an older version took them.
  @Test
  void a_limit_beyond_all_reason_is_left_as_it_is() {
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    Limits limits =
        Limits.DEFAULT
            .withDeadline(endless)
            .withTurns(OptionalInt.of(Integer.MAX_VALUE))
            .withTokens(OptionalLong.of(Long.MAX_VALUE))
            .withCost(Optional.of(new MicroUsd(Long.MAX_VALUE)));
    assertThat(raised(limits, StopCause.DEADLINE))
        .containsExactly(new Change.TimeLimit(Change.Timer.DEADLINE, endless));
    assertThat(raised(limits, StopCause.TURN_LIMIT))
        .containsExactly(new Change.Turns(OptionalInt.of(Integer.MAX_VALUE)));
    assertThat(raised(limits, StopCause.TOKEN_LIMIT))
        .containsExactly(new Change.Tokens(OptionalLong.of(Long.MAX_VALUE)));
    assertThat(raised(limits, StopCause.COST_LIMIT))
        .containsExactly(new Change.Cost(Optional.of(new MicroUsd(Long.MAX_VALUE))));
  }

  private static List<Change> raised(Limits limits, StopCause reached) {
    TaskStory story =
        TaskStory.running(Samples.spec().withLimits(limits))
            .output(Samples.said(0))
            .see(new Finding.LimitReached(reached))
            .see(Samples.gone(Samples.stoppedAt(10)));
    return new Matrix().advise(story.task()).changes();
  }
}
