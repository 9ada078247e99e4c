package io.salvor.process.protocol;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.protocol.PriceList.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// What one run of Claude Code has used. Several lines may carry one message, and each carries the
/// message's usage: each message counts once, with the greatest figures seen for it.
final class ClaudeUsage {
  private static final Tokens NONE = new Tokens(0, 0, 0, 0);

  private final PriceList prices;
  private final Map<String, Message> messages = new HashMap<>();
  private Tokens total = NONE;
  private final Map<String, Tokens> byModel = new HashMap<>();
  private int turns;

  ClaudeUsage(PriceList prices) {
    this.prices = prices;
  }

  private record Message(String model, Tokens tokens) {}

  /// Takes a message's usage in.
  ///
  /// @param ownTurn false for a message of a sub-agent
  /// @return whether a total changed
  boolean add(JsonNode message, boolean ownTurn) {
    String id = Json.text(message, "id");
    String model = Json.text(message, "model");
    // the CLI words its own errors as messages of a model that is none
    if (id.isEmpty() || model.equals("<synthetic>") || !message.path("usage").isObject()) {
      return false;
    }
    Tokens said = tokens(message.path("usage"));
    Message before = messages.get(id);
    Message now = new Message(model, before == null ? said : before.tokens.max(said));
    if (now.equals(before)) {
      return false;
    }
    messages.put(id, now);
    if (before == null && ownTurn) {
      turns++;
    }
    Tokens more = before == null ? said : now.tokens.minus(before.tokens);
    total = total.plus(more);
    byModel.merge(model, more, Tokens::plus);
    return true;
  }

  /// Empty before the first message, and where a model has no price.
  private Optional<MicroUsd> cost() {
    if (byModel.isEmpty()) {
      return Optional.empty();
    }
    return byModel.entrySet().stream()
        .map(entry -> prices.cost(entry.getKey(), entry.getValue()))
        .reduce(Optional.of(MicroUsd.ZERO), (sum, more) -> sum.flatMap(it -> more.map(it::plus)));
  }

  /// Totals from the messages seen.
  Usage soFar() {
    return accumulated(total, turns);
  }

  private Usage accumulated(Tokens tokens, int counted) {
    Optional<MicroUsd> cost = cost();
    return usage(
        tokens, counted, cost, cost.isPresent() ? CostSource.ACCUMULATED : CostSource.UNKNOWN);
  }

  /// Totals as the closing statement has them: all models together, where it tells them apart.
  Usage closing(JsonNode result) {
    Tokens stated = tokens(result.path("usage"));
    Tokens summed = NONE;
    for (JsonNode model : result.path("modelUsage")) {
      summed =
          summed.plus(
              new Tokens(
                  Json.count(model, "inputTokens"),
                  Json.count(model, "outputTokens"),
                  Json.count(model, "cacheReadInputTokens"),
                  Json.count(model, "cacheCreationInputTokens")));
    }
    OptionalLong told = Json.microUsd(result.path("total_cost_usd"));
    Tokens tokens = stated.max(summed).max(total);
    int counted = (int) Math.min(Math.max(Json.count(result, "num_turns"), turns), 1_000_000);
    return told.isPresent()
        ? usage(tokens, counted, Optional.of(new MicroUsd(told.getAsLong())), CostSource.RESULT)
        : accumulated(tokens, counted);
  }

  private static Usage usage(Tokens it, int turns, Optional<MicroUsd> cost, CostSource source) {
    return new Usage(it.input(), it.output(), it.cacheRead(), it.cacheWrite(), turns, cost, source);
  }

  private static Tokens tokens(JsonNode usage) {
    return new Tokens(
        Json.count(usage, "input_tokens"),
        Json.count(usage, "output_tokens"),
        Json.count(usage, "cache_read_input_tokens"),
        Json.count(usage, "cache_creation_input_tokens"));
  }
}
