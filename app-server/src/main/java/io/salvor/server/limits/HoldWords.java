package io.salvor.server.limits;

import io.salvor.domain.admission.Hold;
import io.salvor.domain.admission.Scope;
import java.time.Instant;
import java.util.Optional;

/// Why a queued task does not begin, for people: what it waits for.
public final class HoldWords {
  private HoldWords() {}

  /// Completes `waits for ...`.
  public static String of(Hold hold) {
    return switch (hold) {
      case Hold.Closing _ -> "the next server: this one is about to stop";
      case Hold.Unwell(var trouble) -> trouble;
      case Hold.Frozen(var freeze) ->
          "the end of the freeze by "
              + freeze.by()
              + (freeze.reason().isEmpty() ? "" : ": " + freeze.reason());
      case Hold.NoSlot(Scope.All _, _) -> "a slot";
      case Hold.NoSlot(Scope.OfAgent(var name), var most) ->
          "a slot of the agent " + name + ", which has " + most;
      case Hold.NoSlot(Scope.OfProject _, var most) -> "a slot of its project, which has " + most;
      case Hold.NoMemory _ ->
          "memory: there is so little that attempts begin one at a time, and one is open";
      case Hold.DaySpent spent ->
          "tomorrow: "
              + LimitWords.amount(spent.meter(), spent.spent())
              + " of "
              + LimitWords.amount(spent.meter(), spent.limit())
              + " that "
              + (spent.scope() instanceof Scope.OfProject ? "its project" : "all tasks")
              + " may use in a day are used up";
      case Hold.ProviderAway away ->
          (away.trying() ? "the attempt that tries " : "a trial of ")
              + ProviderWords.held(away.provider(), away.trouble());
      case Hold.AllSpent spent ->
          "a higher limit of its project in config.toml: "
              + LimitWords.amount(spent.meter(), spent.spent())
              + " of "
              + LimitWords.amount(spent.meter(), spent.limit())
              + " are used up";
    };
  }

  /// When it goes on by itself, where that is known.
  public static Optional<Instant> until(Hold hold) {
    return switch (hold) {
      case Hold.DaySpent spent -> Optional.of(spent.until());
      case Hold.ProviderAway away when !away.trying() -> Optional.of(away.until());
      default -> Optional.empty();
    };
  }

  /// The command that ends it, where there is one.
  public static Optional<String> command(Hold hold) {
    return switch (hold) {
      case Hold.Frozen _ -> Optional.of("salvor unfreeze");
      case Hold.AllSpent _ -> Optional.of("salvor restart");
      case Hold.Closing _,
          Hold.Unwell _,
          Hold.NoSlot _,
          Hold.NoMemory _,
          Hold.ProviderAway _,
          Hold.DaySpent _ ->
          Optional.empty();
    };
  }
}
