package io.salvor.domain.recovery;

import io.salvor.domain.recovery.Row.Raise;
import io.salvor.domain.task.Ending.Codepath;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The rows of the matrix, in the order in which they are asked; the last one always applies.
final class Rows {
  /// The row in which a person is told of two attempts.
  static final String SAME_TWICE = "same-twice";

  private Rows() {}

  static List<Row> all() {
    var rows = new ArrayList<Row>();
    rows.addAll(wished());
    rows.addAll(person());
    rows.addAll(provider());
    rows.addAll(twice());
    rows.addAll(limits());
    rows.addAll(silence());
    rows.addAll(killed());
    rows.addAll(exits());
    rows.add(
        row(
            "unknown",
            "anything else",
            _ -> true,
            Remedy.ASK,
            "No rule knows this ending; look at the timeline and decide."));
    return List.copyOf(rows);
  }

  private static List<Row> wished() {
    return List.of(
        row(
            "success",
            "success",
            is(Reason.SUCCESS),
            Remedy.STOP,
            "The attempt did what it was asked to; nothing is to be recovered."),
        row(
            "cancelled",
            "cancelled",
            is(Reason.CANCELLED),
            Remedy.STOP,
            "Somebody stopped it on purpose; its work is kept."),
        row(
            "frozen",
            "frozen",
            is(Reason.FROZEN),
            Remedy.ASK,
            "The whole instance was frozen; unfreeze it, and resume the task."));
  }

  private static List<Row> person() {
    return List.of(
        row(
            "question",
            "input_required",
            is(Reason.INPUT_REQUIRED),
            Remedy.ASK,
            "The agent asked something and waits for the answer."),
        row(
            "denied",
            "permission_denied",
            is(Reason.PERMISSION_DENIED),
            Remedy.ASK,
            "It was not allowed what it needed: give it another permission profile, or another brief, and"
                + " resume it."),
        row(
            "credentials",
            "provider_auth",
            is(Reason.PROVIDER_AUTH),
            Remedy.ASK,
            "The provider refused its credentials: every further attempt would end the same way until they"
                + " are mended."),
        row(
            "workspace",
            "workspace_failed, after its agent had run",
            is(Reason.WORKSPACE_FAILED).and(it -> it.codepath() != Codepath.START_FAILED),
            Remedy.ASK,
            "What it did is not on its branch, or could not be read: mend what the task says; nothing"
                + " was taken away."),
        row(
            "branch-gone",
            "the task's branch is gone",
            it -> it.codepath() != Codepath.START_FAILED && !it.branchThere() && it.said(),
            Remedy.ASK,
            "The branch with its work was taken away; what was saved of it is under refs/salvor/, and"
                + " the records say what there was."),
        row(
            "no-start",
            "start_failed",
            it -> it.codepath() == Codepath.START_FAILED,
            Remedy.ASK,
            "It could not be started, and trying again does not help: mend what the ending names,"
                + " then dispatch it."));
  }

  private static List<Row> provider() {
    return List.of(
        row(
            "rate-limited",
            "provider_rate_limited",
            is(Reason.PROVIDER_RATE_LIMITED),
            Remedy.PARK,
            "The provider wants fewer requests: it goes on later, and this attempt does not count."),
        row(
            "overloaded-fallback",
            "provider_overloaded, and there is a fallback model",
            is(Reason.PROVIDER_OVERLOADED).and(Symptoms::fallback),
            Remedy.PARK,
            List.of(Raise.MODEL),
            "Its model is overloaded: it goes on with the fallback model, and this attempt does not"
                + " count."),
        row(
            "overloaded",
            "provider_overloaded",
            is(Reason.PROVIDER_OVERLOADED),
            Remedy.PARK,
            "The provider has too much to do: it goes on later, and this attempt does not count."),
        row(
            "model-fallback",
            "model_unavailable, and there is a fallback model",
            is(Reason.MODEL_UNAVAILABLE).and(Symptoms::fallback),
            Remedy.PARK,
            List.of(Raise.MODEL),
            "The provider does not have its model: it goes on with the fallback model, and this attempt"
                + " does not count."),
        row(
            "model-unavailable",
            "model_unavailable",
            is(Reason.MODEL_UNAVAILABLE),
            Remedy.ASK,
            "The provider does not have its model, at least not for these credentials: name another one,"
                + " and resume it."),
        row(
            "outage",
            "provider_outage",
            is(Reason.PROVIDER_OUTAGE),
            Remedy.PARK,
            "The provider is not itself: it goes on later, and this attempt does not count."));
  }

  private static List<Row> twice() {
    return List.of(
        row(
            SAME_TWICE,
            "the same ending as the attempt that it was to go on with",
            Symptoms::again,
            Remedy.ASK,
            "It was resumed and ended the same way: something more fundamental is wrong, and a person"
                + " should look at both attempts."));
  }

  private static List<Row> limits() {
    return List.of(
        row(
            "money-spiralled",
            "cost_limit, and it spiralled",
            is(Reason.COST_LIMIT).and(Symptoms::spiralled),
            Remedy.FRESH_NARROWER,
            List.of(Raise.COST),
            "It spent all it had and left nothing: begin again with a narrower brief, and with"
                + " what that may cost."),
        row(
            "tokens-spiralled",
            "token_limit, and it spiralled",
            is(Reason.TOKEN_LIMIT).and(Symptoms::spiralled),
            Remedy.FRESH_NARROWER,
            List.of(Raise.TOKENS),
            "It used all it had and left nothing: begin again with a narrower brief, and with the"
                + " tokens for it."),
        row(
            "money",
            "cost_limit",
            is(Reason.COST_LIMIT),
            Remedy.ASK,
            List.of(Raise.COST),
            "Its money is spent: more of it is a person's decision."),
        row(
            "tokens",
            "token_limit",
            is(Reason.TOKEN_LIMIT),
            Remedy.ASK,
            List.of(Raise.TOKENS),
            "Its tokens are spent: more of them is a person's decision."),
        row(
            "limit-spiralled",
            "deadline_exceeded or turn_limit, and it spiralled",
            is(Reason.DEADLINE_EXCEEDED, Reason.TURN_LIMIT).and(Symptoms::spiralled),
            Remedy.FRESH_NARROWER,
            "It was busy to the end and left nothing: begin again with a narrower brief."),
        row(
            "deadline",
            "deadline_exceeded, with work or a session",
            is(Reason.DEADLINE_EXCEEDED).and(Symptoms::traces),
            Remedy.RESUME,
            List.of(Raise.DEADLINE),
            "It ran out of time in the middle of its work: go on, with more of it."),
        row(
            "deadline-nothing",
            "deadline_exceeded, with nothing to go on from",
            is(Reason.DEADLINE_EXCEEDED),
            Remedy.FRESH,
            List.of(Raise.DEADLINE),
            "It ran out of time and left nothing: begin again, with more of it."),
        row(
            "turns",
            "turn_limit",
            is(Reason.TURN_LIMIT),
            Remedy.RESUME,
            List.of(Raise.TURNS),
            "It ran out of turns in the middle of its work: go on, with more of them."),
        row(
            "output",
            "output_limit",
            is(Reason.OUTPUT_LIMIT),
            Remedy.ASK,
            "It wrote more than it may, which is a command gone wrong more often than work: look at what it"
                + " wrote before it goes on."),
        row(
            "loop",
            "loop_detected, for the first time",
            is(Reason.LOOP_DETECTED),
            Remedy.RESUME,
            "It did the same again and again: go on once, with the pattern shown to it."));
  }

  private static List<Row> silence() {
    return List.of(
        row(
            "long-tool",
            "line_timeout in the middle of a tool call",
            is(Reason.LINE_TIMEOUT).and(Symptoms::toolOpen),
            Remedy.RESUME,
            List.of(Raise.SILENCE),
            "A tool call took longer than silence may last: go on, with more patience."),
        row(
            "long-thought",
            "line_timeout of a task for research or writing",
            is(Reason.LINE_TIMEOUT).and(Symptoms::reading).and(Symptoms::said),
            Remedy.RESUME,
            List.of(Raise.SILENCE, Raise.DEADLINE),
            "Work of this kind is silent for long: go on, with more patience and more time."),
        row(
            "never-spoke-at-work",
            "line_timeout before the first word, with earlier work",
            is(Reason.LINE_TIMEOUT).and(it -> !it.said() && it.work()),
            Remedy.RESUME,
            List.of(Raise.FIRST_EVENT),
            "It never said a word, and what it was to go on with is there: go on with that, with more"
                + " time for the first word."),
        row(
            "never-spoke",
            "line_timeout before the first word, with nothing to go on from",
            is(Reason.LINE_TIMEOUT).and(it -> !it.said()),
            Remedy.FRESH,
            List.of(Raise.FIRST_EVENT),
            "It never said a word: begin again, with more time for the first one."),
        row(
            "fell-silent",
            "line_timeout, with work or a session",
            is(Reason.LINE_TIMEOUT).and(Symptoms::traces),
            Remedy.RESUME,
            "It fell silent; what it had done is there: go on with it."),
        row(
            "fell-silent-nothing",
            "line_timeout, with nothing to go on from",
            is(Reason.LINE_TIMEOUT),
            Remedy.FRESH,
            "It fell silent and left nothing: begin again."));
  }

  private static List<Row> killed() {
    Predicate<Symptoms> lost = is(Reason.HOST_LOST, Reason.LEASE_LOST);
    return List.of(
        row(
            "out-of-memory",
            "oom_killed, with work or a session",
            is(Reason.OOM_KILLED).and(Symptoms::traces),
            Remedy.RESUME,
            "The kernel ran out of memory and ended it; what it had done is there: go on with it when"
                + " there is memory."),
        row(
            "out-of-memory-nothing",
            "oom_killed, with nothing to go on from",
            is(Reason.OOM_KILLED),
            Remedy.FRESH,
            "The kernel ran out of memory before anything came of it: begin again when there is"
                + " memory."),
        row(
            "killed",
            "killed_by_signal, with work or a session",
            is(Reason.KILLED_BY_SIGNAL).and(Symptoms::traces),
            Remedy.RESUME,
            "Something ended its process from outside; what it had done is there: go on with it."),
        row(
            "killed-nothing",
            "killed_by_signal, with nothing to go on from",
            is(Reason.KILLED_BY_SIGNAL),
            Remedy.FRESH,
            "Something ended its process before anything came of it: begin again."),
        row(
            "host-lost",
            "host_lost or lease_lost, with work or a session",
            lost.and(Symptoms::traces),
            Remedy.RESUME,
            "Its host went away under it; what it had done is there: go on with it."),
        row(
            "host-lost-nothing",
            "host_lost or lease_lost, with nothing to go on from",
            lost,
            Remedy.FRESH,
            "Its host went away before anything came of it: begin again."));
  }

  private static List<Row> exits() {
    Predicate<Symptoms> unread =
        is(Reason.RESULT_MISSING, Reason.READ_ERROR, Reason.MALFORMED_STREAM);
    return List.of(
        row(
            "reported-error",
            "result_reported_error",
            is(Reason.RESULT_REPORTED_ERROR),
            Remedy.FRESH_NARROWER,
            "It says itself that it could not: read why, mend the brief, and begin again."),
        row(
            "broke-off",
            "subprocess_exited_nonzero, with work",
            is(Reason.SUBPROCESS_EXITED_NONZERO).and(Symptoms::work),
            Remedy.RESUME,
            "It broke off; what it had done is there: go on with it."),
        row(
            "broke-off-nothing",
            "subprocess_exited_nonzero, without work",
            is(Reason.SUBPROCESS_EXITED_NONZERO),
            Remedy.FRESH,
            "It broke off before anything came of it: begin again."),
        row(
            "no-result",
            "result_missing, read_error or malformed_stream, with work or a session",
            unread.and(Symptoms::traces),
            Remedy.RESUME,
            "It ended without a last word; what it had done is there: go on with it."),
        row(
            "no-result-nothing",
            "result_missing, read_error or malformed_stream, with nothing to go on from",
            unread,
            Remedy.FRESH,
            "It ended without a last word and left nothing: begin again."),
        row(
            "gates",
            "gates_failed",
            is(Reason.GATES_FAILED),
            Remedy.RESUME,
            "The project's gates do not pass: go on, with what they said."));
  }

  private static Predicate<Symptoms> is(Reason... reasons) {
    return it -> List.of(reasons).contains(it.reason());
  }

  private static Row row(
      String name, String when, Predicate<Symptoms> applies, Remedy remedy, String why) {
    return row(name, when, applies, remedy, List.of(), why);
  }

  private static Row row(
      String name,
      String when,
      Predicate<Symptoms> applies,
      Remedy remedy,
      List<Raise> raise,
      String why) {
    return new Row(name, when, applies, remedy, raise, why);
  }
}
