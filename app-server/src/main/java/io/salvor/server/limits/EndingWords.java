package io.salvor.server.limits;

import io.salvor.domain.instance.InstanceFact.EndingRepeated;

/// Endings that come again and again, for people, with the setting to look at.
public final class EndingWords {
  private EndingWords() {}

  /// One sentence.
  public static String of(EndingRepeated repeated) {
    return repeated.times()
        + (repeated.many() ? " or more" : "")
        + " attempts of "
        + repeated.agent()
        + " ended with "
        + repeated.reason().label()
        + " today: "
        + tuning(repeated);
  }

  /// What to look at, by the setting's name in `config.toml` where there is one.
  private static String tuning(EndingRepeated repeated) {
    String agent = "agents." + repeated.agent() + ".";
    return switch (repeated.reason()) {
      case DEADLINE_EXCEEDED -> "raise " + agent + "limits.deadline";
      case LINE_TIMEOUT -> "raise " + agent + "limits.silence, or limits.first_event";
      case COST_LIMIT -> "raise " + agent + "limits.usd, or cut the work smaller";
      case TOKEN_LIMIT -> "raise " + agent + "limits.tokens, or cut the work smaller";
      case TURN_LIMIT -> "raise " + agent + "limits.turns";
      case OUTPUT_LIMIT -> "look at what it writes; limits.output is how much it may";
      case OOM_KILLED -> "lower max_concurrent, or raise memory.critical";
      case PROVIDER_RATE_LIMITED -> "lower " + agent + "max_concurrent";
      case PROVIDER_OVERLOADED -> "name a fallback in " + agent + "fallback_model";
      case PROVIDER_OUTAGE -> "wait, or raise recovery.retry_wait";
      case MODEL_UNAVAILABLE -> "mend " + agent + "model";
      case PROVIDER_AUTH -> "mend its credentials: salvor agents check " + repeated.agent();
      case PERMISSION_DENIED -> "give it more in " + agent + "profile";
      case LOOP_DETECTED -> "mend the briefs; recovery.loop_window is what counts as a loop";
      case SPAWN_FAILED -> "mend " + agent + "command: salvor agents check " + repeated.agent();
      case WORKSPACE_FAILED -> "look at its workspace, and at setup and copy of its project";
      case SUBPROCESS_EXITED_NONZERO, RESULT_MISSING, READ_ERROR, MALFORMED_STREAM ->
          "look at what it writes before it ends; " + agent + "command is what runs";
      case RESULT_REPORTED_ERROR -> "mend the briefs";
      case KILLED_BY_SIGNAL, HOST_LOST, LEASE_LOST -> "look at what ends it on its host";
      case GATES_FAILED -> "look at the gates of its project";
      case SUCCESS, CANCELLED, FROZEN, INPUT_REQUIRED -> "nothing is wrong";
    };
  }
}
