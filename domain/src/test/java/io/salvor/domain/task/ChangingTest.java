package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.ANN;
import static io.salvor.domain.task.Samples.BOB;
import static io.salvor.domain.task.Samples.id;
import static io.salvor.domain.task.Samples.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.access.Actor;
import io.salvor.domain.agent.Launcher;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangingTest {

  /// A change and the states in which it is taken, by the examples' own names.
  record Rule(Change change, String taken) {}

  private static final String NOT_FINAL =
      "PENDING READY QUEUED CLAIMED RUNNING STOPPING VERIFYING REVIEW APPROVED MERGING BLOCKED"
          + " PAUSED NEEDS_FIX FAILED REJECTED";
  private static final String BETWEEN_ATTEMPTS =
      "PENDING READY QUEUED REVIEW APPROVED BLOCKED PAUSED NEEDS_FIX FAILED REJECTED";

  static List<Rule> rules() {
    return List.of(
        new Rule(new Change.Title("Mend the gate"), NOT_FINAL),
        new Rule(new Change.Cost(Optional.of(usd(7))), NOT_FINAL),
        new Rule(new Change.Tokens(OptionalLong.of(7)), NOT_FINAL),
        new Rule(new Change.Turns(OptionalInt.of(7)), NOT_FINAL),
        new Rule(new Change.Urgency(Priority.HIGH), NOT_FINAL),
        new Rule(new Change.Labels(List.of("fence")), NOT_FINAL),
        new Rule(new Change.Domain(Optional.of("code")), NOT_FINAL),
        new Rule(new Change.Worker(Samples.COMMAND), BETWEEN_ATTEMPTS),
        new Rule(new Change.Launching(Launcher.TMUX), BETWEEN_ATTEMPTS),
        new Rule(new Change.Model(Optional.of("opus")), BETWEEN_ATTEMPTS),
        new Rule(new Change.Profile(PermissionProfile.READ), BETWEEN_ATTEMPTS),
        new Rule(deadline(9), BETWEEN_ATTEMPTS),
        new Rule(
            new Change.Brief("another"),
            "PENDING READY QUEUED BLOCKED PAUSED NEEDS_FIX FAILED REJECTED"),
        new Rule(new Change.DependsOn(List.of(id(7))), "PENDING READY QUEUED"),
        new Rule(new Change.Base(Optional.of("v1")), "PENDING READY QUEUED PAUSED FAILED"),
        new Rule(new Change.Target(Optional.of("release")), NOT_FINAL.replace("MERGING ", "")));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_change_is_taken_where_it_can_still_mean_something(Rule rule) {
    for (Kind kind : Kind.values()) {
      for (Examples.Example example : Lifecycle.examplesOf(kind)) {
        boolean baseIsResolved =
            rule.change() instanceof Change.Base && example.story().task().workspace().isPresent();
        boolean isBeingReset =
            rule.change() instanceof Change.DependsOn
                && example.story().state() instanceof TaskState.Ready ready
                && ready.resetting();
        boolean taken =
            List.of(rule.taken().split(" ")).contains(kind.name())
                && !baseIsResolved
                && !isBeingReset;
        Outcome outcome = example.story().asking(ANN, edit(rule.change()));
        assertThat(outcome instanceof Outcome.Accepted)
            .as("%s in %s (%s): %s", rule.change(), kind, example.condition(), outcome)
            .isEqualTo(taken);
        if (outcome instanceof Outcome.Refused(var refusal)) {
          assertThat(refusal.code()).isEqualTo(Refusal.Code.WRONG_STATE);
          assertThat(refusal.detail()).contains("could be changed until");
        }
      }
    }
  }

  @Test
  void a_refusal_says_until_when() {
    assertThat(refusal(TaskStory.running(), new Change.Brief("x")))
        .isEqualTo(
            "the brief of TASK-0001 could be changed until attempt 1 began, and can be again when"
                + " that is over (it is RUNNING)");
    assertThat(refusal(TaskStory.inReview(), new Change.Brief("x")))
        .isEqualTo(
            "the brief of TASK-0001 could be changed until its work came to review (it is REVIEW)");
    assertThat(refusal(Examples.failed(), new Change.Base(Optional.of("v1"))))
        .contains("until its workspace was first made, from " + Samples.BASE);
    assertThat(refusal(Examples.merged(), new Change.Title("x")))
        .isEqualTo("TASK-0001 could be changed until it was MERGED");
  }

  @Test
  void all_changes_are_made_or_none() {
    TaskStory story = TaskStory.running();
    assertThat(story.refusal(ANN, edit(new Change.Title("x"), new Change.Brief("y"))).detail())
        .contains("brief");
    assertThat(story.task().spec().title()).isEqualTo("Mend the fence");
  }

  @Test
  void what_is_so_already_is_no_change_and_no_record() {
    TaskStory story = TaskStory.running();
    TaskSpec spec = story.task().spec();
    assertThat(story.asking(ANN, edit(new Change.Brief(spec.briefHash()))))
        .isInstanceOf(Outcome.Dropped.class);
    story.edit(new Change.Brief(spec.briefHash()), new Change.Title("Mend the gate"));
    assertThat(story.lastFacts())
        .containsExactly(new TaskFact.Edited(List.of(new Change.Title("Mend the gate"))));
  }

  @Test
  void the_specification_is_what_was_last_said() {
    TaskStory story =
        TaskStory.added()
            .edit(
                new Change.Title("Mend the gate"),
                new Change.Brief("another"),
                new Change.Worker(Samples.COMMAND),
                new Change.Model(Optional.of("opus")),
                new Change.Profile(PermissionProfile.FULL),
                new Change.Launching(Launcher.TMUX),
                deadline(9),
                new Change.TimeLimit(Change.Timer.SILENCE, Duration.ofMinutes(8)),
                new Change.TimeLimit(Change.Timer.FIRST_EVENT, Duration.ofMinutes(7)),
                new Change.TimeLimit(Change.Timer.RESULT_GRACE, Duration.ofMinutes(6)),
                new Change.Cost(Optional.empty()),
                new Change.Tokens(OptionalLong.of(5)),
                new Change.Turns(OptionalInt.of(4)),
                new Change.Base(Optional.of("v1")),
                new Change.Target(Optional.of("release")),
                new Change.Urgency(Priority.LOW),
                new Change.Labels(List.of("b", "a", "b")),
                new Change.Domain(Optional.of("code")));
    TaskSpec before = Samples.spec();
    assertThat(story.task().spec())
        .isEqualTo(
            new TaskSpec(
                "Mend the gate",
                "another",
                before.project(),
                Optional.of("release"),
                Optional.of("v1"),
                Samples.COMMAND
                    .withModel(Optional.of("opus"))
                    .withProfile(PermissionProfile.FULL)
                    .withLauncher(Launcher.TMUX),
                new Limits(
                    Duration.ofHours(9),
                    Duration.ofMinutes(8),
                    Duration.ofMinutes(7),
                    Duration.ofMinutes(6),
                    Optional.empty(),
                    OptionalLong.of(5),
                    OptionalInt.of(4)),
                List.of(),
                before.preparation(),
                before.gates(),
                new Filing(Priority.LOW, List.of("a", "b"), Optional.of("code")),
                before.recovery()));
  }

  @Test
  void more_money_lets_an_agent_that_runs_go_on_Z22() {
    TaskStory story = TaskStory.running().output(Samples.costs(0, 4.99));
    story.edit(new Change.Cost(Optional.of(usd(9)))).output(Samples.costs(10, 5.01));
    assertThat(story.task().kind()).isEqualTo(Kind.RUNNING);
    story.edit(new Change.Cost(Optional.of(usd(6)))).output(Samples.costs(20, 6.01));
    assertThat(story.task().kind()).isEqualTo(Kind.STOPPING);
  }

  @Test
  void a_task_that_gets_something_to_wait_for_waits_with_the_start_that_it_wanted() {
    TaskStory ready = TaskStory.added().waitFor(id(2));
    assertThat(ready.state()).isEqualTo(new TaskState.Pending(List.of(id(2)), Optional.empty()));
    assertThat(ready.dependencyMet(id(2)).task().kind()).isEqualTo(Kind.READY);

    TaskStory resumed =
        Examples.failed()
            .ask(new TaskCommand.Reopen(id(1), ""))
            .dispatchResume()
            .waitFor(id(2), id(3));
    assertThat(resumed.state())
        .isEqualTo(new TaskState.Pending(List.of(id(2), id(3)), Optional.of(StartMode.RESUME)));
    resumed.dependencyMet(id(3)).dependencyMet(id(2));
    assertThat(resumed.state()).isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void a_dispatch_of_a_pending_task_is_remembered_with_how_it_is_to_start() {
    TaskStory story =
        Examples.failed().ask(new TaskCommand.Reopen(id(1), "")).waitFor(id(2)).dispatchResume();
    assertThat(story.dependencyMet(id(2)).state())
        .isEqualTo(new TaskState.Queued(Start.asked(StartMode.RESUME)));
  }

  @Test
  void a_task_that_has_nothing_left_to_wait_for_goes_on() {
    TaskStory story = TaskStory.addedAndDispatched(Samples.specWaitingFor(id(2)));
    story.edit(new Change.DependsOn(List.of()));
    assertThat(story.task().kind()).isEqualTo(Kind.QUEUED);
    assertThat(story.task().spec().dependsOn()).isEmpty();
  }

  @Test
  void an_approval_is_void_when_the_work_is_to_go_elsewhere_Z19() {
    TaskStory story = TaskStory.inReview().approve(BOB);
    story.edit(new Change.Target(Optional.of("release")));
    assertThat(story.state())
        .isEqualTo(new TaskState.Review(Samples.HEAD, List.of(Actor.agent("claude"))));
  }

  @Test
  void what_is_being_put_back_waits_for_others_only_when_that_is_done_Z16() {
    Change waits = new Change.DependsOn(List.of(id(7)));
    assertThat(refusal(Examples.reset(), waits)).contains("can be again when that is done");
    TaskStory story = Examples.reset().see(new Finding.PutBack(Optional.empty())).waitFor(id(7));
    assertThat(story.task().kind()).isEqualTo(Kind.PENDING);
    assertThat(story.task().executors()).isEmpty();
  }

  @Test
  void a_verdict_is_not_taken_elsewhere_while_gates_run_by_hand_Z19() {
    TaskStory story =
        Examples.verified()
            .see(new Finding.Checked(List.of()))
            .approve(BOB)
            .ask(new TaskCommand.Verify(id(1), Samples.clean()));
    Change elsewhere = new Change.Target(Optional.of("release"));
    assertThat(refusal(story, elsewhere)).contains("until its gates began to run");
    story.see(new Finding.Checked(List.of())).edit(elsewhere);
    assertThat(story.task().kind()).isEqualTo(Kind.REVIEW);
  }

  private static Change deadline(int hours) {
    return new Change.TimeLimit(Change.Timer.DEADLINE, Duration.ofHours(hours));
  }

  private static TaskCommand edit(Change... changes) {
    return new TaskCommand.Edit(id(1), List.of(changes), Optional.empty());
  }

  private static String refusal(TaskStory story, Change change) {
    return story.refusal(ANN, edit(change)).detail();
  }
}
