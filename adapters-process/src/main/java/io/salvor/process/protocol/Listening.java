package io.salvor.process.protocol;

import io.salvor.domain.agent.Agent;
import java.util.Map;

/// What a reader may know of the run that it listens to.
///
/// @param agent the recipe that runs
/// @param variables its environment, as far as it is passed on now
/// @param prices for what the agent does not tell the cost of
public record Listening(Agent agent, Map<String, String> variables, PriceList prices) {
  public Listening {
    variables = Map.copyOf(variables);
  }
}
