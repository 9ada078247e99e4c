package io.salvor.server.limits;

import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.domain.provider.Trouble;

/// How providers stand, for people.
public final class ProviderWords {
  private ProviderWords() {}

  /// What was recorded of one.
  public static String of(ProviderFact fact) {
    String provider = named(fact.provider());
    return switch (fact) {
      case ProviderFact.Failed failed ->
          provider
              + " failed an attempt: "
              + failed.reason().label()
              + failed
                  .hold()
                  .map(it -> "; no attempt of it begins before " + it.until() + ", and then one")
                  .orElse("");
      case ProviderFact.Tried tried ->
          "attempt " + tried.attempt().number() + " of a task tries " + provider;
      case ProviderFact.Untold _ -> "the attempt that was to try " + provider + " showed nothing";
      case ProviderFact.Served _ -> provider + " answers again";
    };
  }

  /// Why its attempts do not begin.
  public static String held(Provider provider, Trouble trouble) {
    return named(provider)
        + ", which failed "
        + trouble.failures().size()
        + (trouble.failures().size() >= Trouble.MOST_KEPT ? " or more" : "")
        + " attempts in a row, the last with "
        + trouble.last().label();
  }

  private static String named(Provider provider) {
    return "the provider of " + provider;
  }
}
