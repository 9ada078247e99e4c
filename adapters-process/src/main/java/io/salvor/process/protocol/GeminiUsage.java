package io.salvor.process.protocol;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.protocol.PriceList.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What one run of Gemini CLI has used. It tells tokens and never money: its output at the end, its
/// record of the session with each answer of the model.
final class GeminiUsage {
  private static final Tokens NONE = new Tokens(0, 0, 0, 0);

  private final PriceList prices;
  private final Map<String, Tokens> answers = new HashMap<>();
  private final TreeMap<String, Tokens> byModel = new TreeMap<>();
  private Tokens total = NONE;
  private int turns;
  private boolean midTurn;

  GeminiUsage(PriceList prices) {
    this.prices = prices;
  }

  /// The model said something or called a tool.
  void modelSpoke() {
    turns += midTurn ? 0 : 1;
    midTurn = true;
  }

  /// A tool's result went back to it.
  void modelWasAnswered() {
    midTurn = false;
  }

  /// Takes in an answer of the model from the record, which may tell one again.
  void answered(String id, String model, JsonNode tokens) {
    long prompt = Json.count(tokens, "input");
    Tokens told =
        tokens(
            prompt,
            Json.count(tokens, "cached"),
            Json.count(tokens, "output") + Json.count(tokens, "thoughts"),
            Json.count(tokens, "total"));
    Tokens before = answers.getOrDefault(id, NONE);
    Tokens now = before.max(told);
    if (!now.equals(before)) {
      answers.put(id, now);
      total = total.plus(now.minus(before));
      byModel.merge(model, now.minus(before), Tokens::plus);
    }
  }

  /// What is known while it works.
  Usage soFar() {
    return usage(total, cost(byModel), CostSource.ACCUMULATED);
  }

  /// All that it used, by the statistics of its closing statement.
  Usage closing(JsonNode stats) {
    TreeMap<String, Tokens> closing = new TreeMap<>();
    for (Map.Entry<String, JsonNode> model : stats.path("models").properties()) {
      Tokens tokens = closing(model.getKey(), model.getValue());
      if (!tokens.equals(NONE)) {
        closing.put(model.getKey(), tokens);
      }
    }
    Tokens summed = closing.values().stream().reduce(NONE, Tokens::plus);
    Tokens all = ofStatistics(stats).max(summed).max(total);
    return closing.isEmpty()
        ? usage(all, cost(byModel), CostSource.ACCUMULATED)
        : usage(all, cost(closing), CostSource.PRICED);
  }

  private Tokens closing(String model, JsonNode statistics) {
    return ofStatistics(statistics).max(byModel.getOrDefault(model, NONE));
  }

  private static Tokens ofStatistics(JsonNode it) {
    return tokens(
        Json.count(it, "input_tokens"),
        Json.count(it, "cached"),
        Json.count(it, "output_tokens"),
        Json.count(it, "total_tokens"));
  }

  /// The prompt counts cached tokens too. Not all that was thought is counted as output: what the
  /// total has beyond prompt and output is paid for like output.
  private static Tokens tokens(long prompt, long cached, long output, long all) {
    long fromCache = Math.min(cached, prompt);
    return new Tokens(prompt - fromCache, Math.max(output, all - prompt), fromCache, 0);
  }

  /// Empty where nothing is known, and where a model has no price.
  private Optional<MicroUsd> cost(Map<String, Tokens> used) {
    return used.entrySet().stream()
        .map(it -> prices.cost(it.getKey(), it.getValue()))
        .reduce((one, other) -> one.flatMap(it -> other.map(it::plus)))
        .flatMap(it -> it);
  }

  private Usage usage(Tokens it, Optional<MicroUsd> cost, CostSource source) {
    return new Usage(
        it.input(),
        it.output(),
        it.cacheRead(),
        it.cacheWrite(),
        turns,
        cost,
        cost.isPresent() ? source : CostSource.UNKNOWN);
  }
}
