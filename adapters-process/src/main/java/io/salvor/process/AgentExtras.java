package io.salvor.process;

import io.salvor.process.protocol.PriceList;
import java.util.List;
import java.util.Map;

/// What the operator has set for one agent beside its recipe. Not in the log: variables may be
/// secret. Immutable.
///
/// @param variables that it gets with these values
/// @param pass names of the server's variables that it gets; a name that ends in `*` stands for all
///   that begin so
/// @param prices of what it does not tell the cost of
public record AgentExtras(Map<String, String> variables, List<String> pass, PriceList prices) {
  /// Nothing but the listed prices.
  public static final AgentExtras NONE = new AgentExtras(Map.of(), List.of(), PriceList.listed());

  public AgentExtras {
    variables = Map.copyOf(variables);
    pass = List.copyOf(pass);
  }
}
