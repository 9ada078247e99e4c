package io.salvor.process.protocol;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.protocol.PriceList.Tokens;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What one run of Gemini CLI has used: its tokens are told only at its end, and never in money.
final class GeminiUsage {
  private static final Tokens NONE = new Tokens(0, 0, 0, 0);

  private final PriceList prices;
  private int turns;
  private boolean midTurn;

  GeminiUsage(PriceList prices) {
    this.prices = prices;
  }

  /// The model said something or called a tool.
  ///
  /// @return whether that began a turn
  boolean modelSpoke() {
    boolean begins = !midTurn;
    midTurn = true;
    turns += begins ? 1 : 0;
    return begins;
  }

  /// A tool's result went back to it.
  void modelWasAnswered() {
    midTurn = false;
  }

  /// What is known while it runs: its turns.
  Usage soFar() {
    return usage(NONE, Optional.empty());
  }

  /// All that it used, by the statistics of its closing statement.
  Usage closing(JsonNode stats) {
    Tokens total = NONE;
    Optional<MicroUsd> cost = Optional.of(MicroUsd.ZERO);
    for (Map.Entry<String, JsonNode> model : stats.path("models").properties()) {
      Tokens tokens = tokens(model.getValue());
      total = total.plus(tokens);
      if (!tokens.equals(NONE)) {
        Optional<MicroUsd> more = prices.cost(model.getKey(), tokens);
        cost = cost.flatMap(sum -> more.map(sum::plus));
      }
    }
    return total.equals(NONE)
        ? usage(tokens(stats), Optional.empty())
        : usage(total.max(tokens(stats)), cost);
  }

  /// `input_tokens` counts cached ones too, `output_tokens` leaves out what was only thought: what
  /// the total has beyond both is paid for like output.
  private static Tokens tokens(JsonNode it) {
    long prompt = Json.count(it, "input_tokens");
    long cached = Math.min(Json.count(it, "cached"), prompt);
    long output =
        Math.max(Json.count(it, "output_tokens"), Json.count(it, "total_tokens") - prompt);
    return new Tokens(prompt - cached, output, cached, 0);
  }

  private Usage usage(Tokens it, Optional<MicroUsd> cost) {
    return new Usage(
        it.input(),
        it.output(),
        it.cacheRead(),
        it.cacheWrite(),
        turns,
        cost,
        cost.isPresent() ? CostSource.PRICED : CostSource.UNKNOWN);
  }
}
