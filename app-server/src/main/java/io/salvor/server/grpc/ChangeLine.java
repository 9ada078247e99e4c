package io.salvor.server.grpc;

import io.salvor.domain.task.Change;
import java.util.Locale;
import java.util.Optional;

/// What a person changed, to what, in a few words.
final class ChangeLine {
  private ChangeLine() {}

  /// `title to "Mend the gate"`, `budget to $9.5`.
  static String of(Change change) {
    return change.subject() + " to " + value(change);
  }

  private static String value(Change change) {
    return switch (change) {
      case Change.Title(var title) -> '"' + title + '"';
      case Change.Brief(var hash) -> "the one with the hash " + hash.substring(0, 10);
      case Change.Worker(var agent) -> agent.name();
      case Change.Model(var model) -> model.orElse("the agent's own");
      case Change.Profile(var profile) -> profile.name().toLowerCase(Locale.ROOT);
      case Change.Launching(var launcher) -> launcher.name().toLowerCase(Locale.ROOT);
      case Change.TimeLimit(_, var limit) -> limit.toSeconds() + " s";
      case Change.Cost(var limit) -> limit.map(it -> "$" + it.dollars()).orElse("none");
      case Change.Tokens(var limit) ->
          limit.isPresent() ? Long.toString(limit.getAsLong()) : "none";
      case Change.Turns(var limit) ->
          limit.isPresent() ? Integer.toString(limit.getAsInt()) : "none";
      case Change.OutputBytes(var limit) -> limit + " bytes";
      case Change.DependsOn(var tasks) -> tasks.isEmpty() ? "nothing" : tasks.size() + " tasks";
      case Change.Base(var revision) -> orNone(revision);
      case Change.Target(var branch) -> orNone(branch);
      case Change.Urgency(var priority) -> priority.name().toLowerCase(Locale.ROOT);
      case Change.Labels(var labels) -> labels.isEmpty() ? "none" : String.join(", ", labels);
      case Change.Domain(var domain) -> domain.orElse("none");
      case Change.Recovering(var recovery) ->
          recovery.mode().name().toLowerCase(Locale.ROOT)
              + ", "
              + recovery.maxRetries()
              + " retries, "
              + recovery.gateRepairs()
              + " repairs, waits from "
              + recovery.waits().first().toSeconds()
              + " s to "
              + recovery.waits().most().toSeconds()
              + " s";
    };
  }

  private static String orNone(Optional<String> value) {
    return value.orElse("the project's own");
  }
}
