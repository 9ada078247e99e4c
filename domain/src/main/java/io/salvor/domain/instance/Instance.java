package io.salvor.domain.instance;

import io.salvor.domain.access.Actor;
import io.salvor.domain.instance.InstanceFact.AllowanceNeared;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The whole instance as the fold of its own thread.
///
/// @param freeze empty where attempts may begin
/// @param acceptedSettings SHA-256 in hex of the settings file that a person accepted, by the root
///   of the project that it lies in
/// @param neared what was said of what many tasks may use, of the last day only
public record Instance(
    Optional<Freeze> freeze,
    SortedMap<String, String> acceptedSettings,
    List<AllowanceNeared> neared) {

  /// Before the first record.
  public static final Instance NEW = new Instance(Optional.empty(), new TreeMap<>(), List.of());

  public Instance {
    neared = List.copyOf(neared);
    acceptedSettings = Collections.unmodifiableSortedMap(new TreeMap<>(acceptedSettings));
  }

  /// `evolve`: the instance after one more fact.
  ///
  /// @param by who brought it about
  public Instance after(InstanceFact fact, Actor by, Instant at) {
    return switch (fact) {
      case InstanceFact.Frozen(var level, var reason) ->
          new Instance(Optional.of(new Freeze(level, by, at, reason)), acceptedSettings, neared);
      case InstanceFact.Unfrozen _ -> new Instance(Optional.empty(), acceptedSettings, neared);
      case InstanceFact.SettingsAccepted(var project, var hash) -> {
        var accepted = new TreeMap<>(acceptedSettings);
        accepted.put(project, hash);
        yield new Instance(freeze, accepted, neared);
      }
      case InstanceFact.SettingsRevoked(var project) -> {
        var accepted = new TreeMap<>(acceptedSettings);
        accepted.remove(project);
        yield new Instance(freeze, accepted, neared);
      }
      case AllowanceNeared told -> {
        var all = new ArrayList<>(neared);
        all.removeIf(
            it -> it.day().isPresent() && told.day().isPresent() && !it.day().equals(told.day()));
        all.add(told);
        yield new Instance(freeze, acceptedSettings, all);
      }
      case InstanceFact.OfBackup _ -> this;
    };
  }
}
