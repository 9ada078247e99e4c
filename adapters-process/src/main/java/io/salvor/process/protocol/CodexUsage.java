package io.salvor.process.protocol;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.protocol.PriceList.Tokens;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What one Codex session has used over all its processes: Codex tells totals of the session, in
/// tokens only. Each addition to them is priced as of the model that was at work.
final class CodexUsage {
  private static final Tokens NONE = new Tokens(0, 0, 0, 0);

  private final PriceList prices;
  private final TreeMap<String, Tokens> byModel = new TreeMap<>();
  private String model;
  private Tokens total = NONE;
  private int turns;

  /// @param model the one asked for; empty for Codex's own choice
  CodexUsage(PriceList prices, String model) {
    this.prices = prices;
    this.model = model;
  }

  /// The model at work from now on.
  void model(String changed) {
    if (!changed.isEmpty()) {
      model = changed;
    }
  }

  /// The model at work; empty where it is not known.
  String model() {
    return model;
  }

  /// Takes in a total of the session, as the model's provider counts: cached input is part of the
  /// input.
  ///
  /// @return whether it was more than was known
  boolean add(JsonNode usage) {
    Tokens told = tokens(usage).max(total);
    if (told.equals(total)) {
      return false;
    }
    byModel.merge(model, told.minus(total), Tokens::plus);
    total = told;
    return true;
  }

  /// One more answer of the model.
  void addTurn() {
    turns++;
  }

  Usage soFar(CostSource source) {
    Optional<MicroUsd> cost = cost();
    return new Usage(
        total.input(),
        total.output(),
        total.cacheRead(),
        total.cacheWrite(),
        turns,
        cost,
        cost.isPresent() ? source : CostSource.UNKNOWN);
  }

  /// Empty before the first total, and where a model has no price.
  private Optional<MicroUsd> cost() {
    return byModel.entrySet().stream()
        .map(used -> prices.cost(used.getKey(), used.getValue()))
        .reduce((one, other) -> one.flatMap(it -> other.map(it::plus)))
        .flatMap(it -> it);
  }

  private static Tokens tokens(JsonNode usage) {
    long cached = Json.count(usage, "cached_input_tokens");
    long written = Json.count(usage, "cache_write_input_tokens");
    return new Tokens(
        Json.count(usage, "input_tokens") - cached - written,
        Json.count(usage, "output_tokens"),
        cached,
        written);
  }
}
