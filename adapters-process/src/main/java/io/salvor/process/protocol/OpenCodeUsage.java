package io.salvor.process.protocol;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.protocol.PriceList.Tokens;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What one run of OpenCode has used: the sum of its steps.
///
/// OpenCode says 0 of a model for which it knows no price: money is known only where it says more,
/// or where the list has the model.
final class OpenCodeUsage {
  private static final long MOST_MICRO_USD = 1_000_000_000_000L;

  private final PriceList prices;
  private final String model;
  private Tokens total = new Tokens(0, 0, 0, 0);
  private long toldMicroUsd;
  private int turns;

  /// @param model `PROVIDER/MODEL`, where one was asked for
  OpenCodeUsage(PriceList prices, Optional<String> model) {
    this.prices = prices;
    this.model = model.map(it -> it.substring(it.lastIndexOf('/') + 1)).orElse("");
  }

  /// Takes a step in.
  ///
  /// @param ownTurn false for a step of a sub-agent
  /// @return the totals so far
  Usage afterStep(JsonNode part, boolean ownTurn) {
    JsonNode tokens = part.path("tokens");
    total =
        total.plus(
            new Tokens(
                Json.count(tokens, "input"),
                Json.count(tokens, "output") + Json.count(tokens, "reasoning"),
                Json.count(tokens.path("cache"), "read"),
                Json.count(tokens.path("cache"), "write")));
    long more = Json.microUsd(part.path("cost")).orElse(0);
    toldMicroUsd = Math.min(toldMicroUsd + more, MOST_MICRO_USD);
    turns += ownTurn ? 1 : 0;
    return usage(CostSource.ACCUMULATED, CostSource.ACCUMULATED);
  }

  /// All that it used, when its last step has told it.
  Usage closing() {
    return usage(CostSource.RESULT, CostSource.PRICED);
  }

  private Usage usage(CostSource told, CostSource listed) {
    Optional<MicroUsd> cost =
        toldMicroUsd > 0 ? Optional.of(new MicroUsd(toldMicroUsd)) : prices.cost(model, total);
    CostSource priced = cost.isPresent() ? listed : CostSource.UNKNOWN;
    return new Usage(
        total.input(),
        total.output(),
        total.cacheRead(),
        total.cacheWrite(),
        turns,
        cost,
        toldMicroUsd > 0 ? told : priced);
  }
}
