package io.salvor.domain.task;

import io.salvor.domain.agent.AgentEvent.Terminal;
import io.salvor.domain.agent.Evidence;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.ShimStop;
import io.salvor.domain.task.Ending.Codepath;
import io.salvor.domain.task.Ending.Reason;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which ending the evidence shows.
///
/// The order of the questions is the rule: a last word that was on disk before we stopped anything
/// counts first; then what we wished for; then what the process left. No text is ever matched.
final class EndingClassifier {
  private EndingClassifier() {}

  static Ending classify(StopCause cause, Progress progress, Evidence evidence, Protocol protocol) {
    Optional<Terminal> lastWord = lastWord(cause, progress.words(), evidence);
    if (lastWord.isPresent()) {
      return byLastWord(lastWord.get(), cause, evidence);
    }
    return cause.wished() ? byWish(cause, progress) : byExit(progress, evidence, protocol);
  }

  /// The last word that counts. A person's stop outweighs it; a limit's does not undo one that was
  /// already written (Z5).
  private static Optional<Terminal> lastWord(StopCause cause, LastWords words, Evidence evidence) {
    return switch (cause) {
      case CANCEL -> Optional.empty();
      case START_FAILED -> words.latest();
      // What is said after the first signal may be the answer to that, or a child's word. Of an
      // output that was taken away, what was heard is all there is (Z5).
      case EXITED, RESULT_LINGERS ->
          evidence.readFailed() && evidence.shimStop() == ShimStop.NONE
              ? words.latest()
              : words.upTo(evidence.outputAtStop());
      case PAUSE,
          FREEZE,
          DEADLINE,
          SILENCE,
          FIRST_EVENT,
          COST_LIMIT,
          TOKEN_LIMIT,
          TURN_LIMIT,
          OUTPUT_LIMIT,
          CREDENTIALS,
          INPUT_REQUIRED,
          LOOP ->
          words.upTo(evidence.outputAtStop());
    };
  }

  private static Ending byLastWord(Terminal word, StopCause cause, Evidence evidence) {
    Reason reason =
        switch (word.verdict()) {
          case SUCCESS -> successReason(word, cause, evidence);
          case ERROR -> errorReason(cause, evidence);
          case COST_LIMIT -> Reason.COST_LIMIT;
          case TURN_LIMIT -> Reason.TURN_LIMIT;
          case PROVIDER_AUTH -> Reason.PROVIDER_AUTH;
          case PROVIDER_RATE_LIMITED -> Reason.PROVIDER_RATE_LIMITED;
          case PROVIDER_OUTAGE -> Reason.PROVIDER_OUTAGE;
          case PROVIDER_OVERLOADED -> Reason.PROVIDER_OVERLOADED;
          case MODEL_UNAVAILABLE -> Reason.MODEL_UNAVAILABLE;
        };
    String detail =
        reason == Reason.PERMISSION_DENIED
            ? "denied: " + String.join(", ", word.deniedTools())
            : word.text();
    return new Ending(Codepath.RESULT_EVENT, reason, detail);
  }

  private static Reason errorReason(StopCause cause, Evidence evidence) {
    return cause == StopCause.EXITED && evidence.exit() instanceof Exit.Status status
        ? provider(status).orElse(Reason.RESULT_REPORTED_ERROR)
        : Reason.RESULT_REPORTED_ERROR;
  }

  /// What the provider's answer means, where the exit tells it.
  private static Optional<Reason> provider(Exit.Status exit) {
    return provider(exit.providerStatus().orElse(0));
  }

  /// What a status of HTTP means, as a provider answers with it.
  static Optional<Reason> provider(int status) {
    return switch (status) {
      case 401, 403 -> Optional.of(Reason.PROVIDER_AUTH);
      case 429 -> Optional.of(Reason.PROVIDER_RATE_LIMITED);
      case 529 -> Optional.of(Reason.PROVIDER_OVERLOADED);
      default ->
          status >= 500 && status <= 599 ? Optional.of(Reason.PROVIDER_OUTAGE) : Optional.empty();
    };
  }

  private static Reason successReason(Terminal word, StopCause cause, Evidence evidence) {
    if (!word.deniedTools().isEmpty()) {
      return Reason.PERMISSION_DENIED;
    }
    if (cause != StopCause.EXITED || evidence.shimStop() != ShimStop.NONE) {
      return Reason.SUCCESS;
    }
    return switch (evidence.exit()) {
      case Exit.Status status when status.value() != 0 -> Reason.SUBPROCESS_EXITED_NONZERO;
      case Exit.Status _ -> Reason.SUCCESS;
      // The host or a stray signal took agent and shim after the last word was on disk: no status
      // speaks against it, and a finished result is not thrown away (Z5).
      case Exit.Unknown _ -> Reason.SUCCESS;
    };
  }

  private static Ending byWish(StopCause cause, Progress progress) {
    return switch (cause) {
      case CANCEL -> new Ending(Codepath.STOPPED, Reason.CANCELLED, "cancelled");
      case PAUSE -> new Ending(Codepath.STOPPED, Reason.CANCELLED, "paused");
      case FREEZE -> new Ending(Codepath.STOPPED, Reason.FROZEN, "the instance was frozen");
      case DEADLINE -> deadline();
      case SILENCE -> silence(progress, "no progress" + during(progress));
      case FIRST_EVENT -> silence(progress, "no first output");
      case COST_LIMIT ->
          new Ending(Codepath.STOPPED, Reason.COST_LIMIT, "the task's money is spent");
      case TOKEN_LIMIT ->
          new Ending(Codepath.STOPPED, Reason.TOKEN_LIMIT, "the task's tokens are spent");
      case TURN_LIMIT ->
          new Ending(Codepath.STOPPED, Reason.TURN_LIMIT, "the attempt's turns are spent");
      case OUTPUT_LIMIT ->
          new Ending(Codepath.STOPPED, Reason.OUTPUT_LIMIT, "the attempt wrote more than it may");
      case CREDENTIALS ->
          new Ending(
              Codepath.STOPPED, Reason.PROVIDER_AUTH, "the provider refuses the credentials");
      case INPUT_REQUIRED ->
          new Ending(Codepath.STOPPED, Reason.INPUT_REQUIRED, progress.question().orElse(""));
      case LOOP -> new Ending(Codepath.STOPPED, Reason.LOOP_DETECTED, "repeats " + loop(progress));
      case EXITED, RESULT_LINGERS, START_FAILED ->
          throw new IllegalStateException(cause + " is nobody's wish");
    };
  }

  /// An agent that waits for its provider is not silent of itself.
  private static Ending silence(Progress progress, String detail) {
    return progress
        .waiting()
        .map(it ->
            new Ending(
                Codepath.LINE_TIMEOUT,
                it.reason(),
                "it waited for its provider"
                    + (it.httpStatus().isPresent()
                        ? ", which answered " + it.httpStatus().getAsInt()
                        : "")))
        .orElseGet(() -> new Ending(Codepath.LINE_TIMEOUT, Reason.LINE_TIMEOUT, detail));
  }

  private static String loop(Progress progress) {
    return progress.actions().pattern().stream()
        .map(Actions.Action::shown)
        .collect(Collectors.joining(" → "));
  }

  private static Ending byExit(Progress progress, Evidence evidence, Protocol protocol) {
    if (evidence.shimStop() == ShimStop.DEADLINE) {
      return deadline();
    }
    if (evidence.oomKilled()) {
      return eof(Reason.OOM_KILLED, "the kernel ran out of memory" + during(progress));
    }
    if (evidence.readFailed()) {
      return eof(Reason.READ_ERROR, "the output could not be read");
    }
    if (evidence.shimStop() == ShimStop.WINDOW_CLOSED) {
      return eof(Reason.KILLED_BY_SIGNAL, "its window was closed" + during(progress));
    }
    return switch (evidence.exit()) {
      case Exit.Unknown _ when !evidence.sameBoot() ->
          new Ending(
              Codepath.SUPERVISOR_LOST, Reason.HOST_LOST, "the host was started anew meanwhile");
      case Exit.Unknown _ ->
          new Ending(
              Codepath.SUPERVISOR_LOST,
              Reason.KILLED_BY_SIGNAL,
              "agent and shim are gone and left no exit status" + during(progress));
      case Exit.Status status when status.value() == 0 ->
          protocol == Protocol.COMMAND
              ? eof(Reason.SUCCESS, "exit status 0")
              : eof(Reason.RESULT_MISSING, "exit status 0 without a result");
      case Exit.Status status when status.possibleSignal() != 0 && !status.usedByProtocol() ->
          eof(Reason.KILLED_BY_SIGNAL, "signal " + status.possibleSignal() + during(progress));
      case Exit.Status status ->
          eof(
              provider(status).orElse(Reason.SUBPROCESS_EXITED_NONZERO),
              "exit status " + status.value() + during(progress));
    };
  }

  private static Ending deadline() {
    return new Ending(
        Codepath.BUDGET_DEADLINE, Reason.DEADLINE_EXCEEDED, "the attempt's time was over");
  }

  private static Ending eof(Reason reason, String detail) {
    return new Ending(Codepath.STREAM_EOF_FALLBACK, reason, detail);
  }

  private static String during(Progress progress) {
    return progress.openTool().map(tool -> " during a call of " + tool.tool()).orElse("");
  }
}
