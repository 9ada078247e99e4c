package io.salvor.domain.provider;

import io.salvor.domain.agent.Agent;
import java.util.Comparator;
import java.util.Optional;

/// Who answers an agent: what lies behind the agent's endpoint and credentials, which belong to its
/// name, and behind the model that it asks for. Models fail apart from each other, so each is one
/// of its own.
///
/// @param agent the agent's name
/// @param model the one that is asked for by name; empty where the agent chooses
public record Provider(String agent, Optional<String> model) implements Comparable<Provider> {
  private static final Comparator<Provider> ORDER =
      Comparator.comparing(Provider::agent).thenComparing(it -> it.model().orElse(""));

  /// That of an agent that chooses its model itself.
  public Provider(String agent) {
    this(agent, Optional.empty());
  }

  /// That of an agent.
  public static Provider of(Agent agent) {
    return new Provider(agent.name(), agent.model());
  }

  @Override
  public int compareTo(Provider other) {
    return ORDER.compare(this, other);
  }

  /// `claude`, or `claude with opus`.
  @Override
  public String toString() {
    return agent + model.map(it -> " with " + it).orElse("");
  }
}
