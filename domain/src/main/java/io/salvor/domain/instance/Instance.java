package io.salvor.domain.instance;

import io.salvor.domain.access.Actor;
import io.salvor.domain.instance.InstanceFact.AllowanceNeared;
import io.salvor.domain.instance.InstanceFact.EndingRepeated;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.domain.provider.Trouble;
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
/// @param troubles providers that failed attempts and have answered none since
/// @param endings how often attempts ended the same way, on the last day only
public record Instance(
    Optional<Freeze> freeze,
    SortedMap<String, String> acceptedSettings,
    List<AllowanceNeared> neared,
    SortedMap<Provider, Trouble> troubles,
    List<EndingRepeated> endings) {

  /// Before the first record.
  public static final Instance NEW =
      new Instance(Optional.empty(), new TreeMap<>(), List.of(), new TreeMap<>(), List.of());

  public Instance {
    neared = List.copyOf(neared);
    acceptedSettings = Collections.unmodifiableSortedMap(new TreeMap<>(acceptedSettings));
    troubles = Collections.unmodifiableSortedMap(new TreeMap<>(troubles));
    endings = List.copyOf(endings);
  }

  /// `evolve`: the instance after one more fact.
  ///
  /// @param by who brought it about
  public Instance after(InstanceFact fact, Actor by, Instant at) {
    return switch (fact) {
      case InstanceFact.Frozen(var level, var reason) ->
          frozen(Optional.of(new Freeze(level, by, at, reason)));
      case InstanceFact.Unfrozen _ -> frozen(Optional.empty());
      case InstanceFact.SettingsAccepted(var project, var hash) -> {
        var accepted = new TreeMap<>(acceptedSettings);
        accepted.put(project, hash);
        yield new Instance(freeze, accepted, neared, troubles, endings);
      }
      case InstanceFact.SettingsRevoked(var project) -> {
        var accepted = new TreeMap<>(acceptedSettings);
        accepted.remove(project);
        yield new Instance(freeze, accepted, neared, troubles, endings);
      }
      case AllowanceNeared told -> {
        var all = new ArrayList<>(neared);
        all.removeIf(
            it -> it.day().isPresent() && told.day().isPresent() && !it.day().equals(told.day()));
        all.add(told);
        yield new Instance(freeze, acceptedSettings, all, troubles, endings);
      }
      case InstanceFact.ProviderNoted(var news) -> noted(news, at);
      case EndingRepeated repeated -> {
        var all = new ArrayList<>(endings);
        all.removeIf(it -> it.day() != repeated.day() || it.countsTheSameAs(repeated));
        all.add(repeated);
        yield new Instance(freeze, acceptedSettings, neared, troubles, all);
      }
      case InstanceFact.OfBackup _ -> this;
    };
  }

  /// What is known of a provider's trouble; empty where it has none.
  public Optional<Trouble> trouble(Provider provider) {
    return Optional.ofNullable(troubles.get(provider));
  }

  private Instance frozen(Optional<Freeze> changed) {
    return new Instance(changed, acceptedSettings, neared, troubles, endings);
  }

  private Instance noted(ProviderFact news, Instant at) {
    var all = new TreeMap<>(troubles);
    Optional<Trouble> before = trouble(news.provider());
    switch (news) {
      case ProviderFact.Failed failed ->
          all.put(failed.provider(), Trouble.after(before, failed, at));
      case ProviderFact.Tried tried ->
          before.ifPresent(it -> all.put(tried.provider(), it.tried(Optional.of(tried.attempt()))));
      case ProviderFact.Untold untold ->
          before.ifPresent(it -> all.put(untold.provider(), it.tried(Optional.empty())));
      case ProviderFact.Served served -> all.remove(served.provider());
    }
    return new Instance(freeze, acceptedSettings, neared, all, endings);
  }
}
