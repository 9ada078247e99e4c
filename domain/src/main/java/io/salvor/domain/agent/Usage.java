package io.salvor.domain.agent;

import java.util.Optional;

/// What an attempt has used so far: totals, never increments, so that reading one twice changes
/// nothing.
///
/// @param turns model turns
/// @param cost empty where the agent told none and no price is known
/// @param source where `cost` comes from
public record Usage(
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    int turns,
    Optional<MicroUsd> cost,
    CostSource source) {

  private static final long MOST_TOKENS = 1_000_000_000_000_000L;

  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Optional.empty(), CostSource.UNKNOWN);

  /// Where a cost comes from.
  public enum CostSource {
    UNKNOWN,
    /// Summed from what was seen while running, at list prices: all that a killed run leaves.
    ACCUMULATED,
    /// The agent's own closing statement of tokens, at the prices of the table.
    PRICED,
    /// The agent's own closing statement.
    RESULT
  }

  /// The greater of two totals, field by field: cost is monotone through replays and re-reads.
  public Usage max(Usage other) {
    boolean otherCost =
        other.source.compareTo(source) > 0
            || (other.source == source && micros(other.cost) > micros(cost));
    return max(other, otherCost);
  }

  /// The greatest that two attempts in one session have told of it, wherever each cost comes from:
  /// what is below that was counted already.
  public Usage highest(Usage other) {
    return max(other, micros(other.cost) > micros(cost));
  }

  private Usage max(Usage other, boolean otherCost) {
    return new Usage(
        Math.max(inputTokens, other.inputTokens),
        Math.max(outputTokens, other.outputTokens),
        Math.max(cacheReadTokens, other.cacheReadTokens),
        Math.max(cacheWriteTokens, other.cacheWriteTokens),
        Math.max(turns, other.turns),
        otherCost ? other.cost : cost,
        otherCost ? other.source : source);
  }

  /// What was added to `earlier`, a total of the same session. One that is less than it began anew
  /// and is all its own.
  public Usage since(Usage earlier) {
    return tokens() < earlier.tokens()
        ? this
        : new Usage(
            Math.max(0, inputTokens - earlier.inputTokens),
            Math.max(0, outputTokens - earlier.outputTokens),
            Math.max(0, cacheReadTokens - earlier.cacheReadTokens),
            Math.max(0, cacheWriteTokens - earlier.cacheWriteTokens),
            Math.max(0, turns - earlier.turns),
            cost.map(all ->
                new MicroUsd(
                    Math.max(0, all.value() - earlier.cost.orElse(MicroUsd.ZERO).value()))),
            source);
  }

  /// Input and output tokens together. A count beyond all reason is cut, so that the sum over many
  /// attempts does not overflow.
  public long tokens() {
    return Math.min(inputTokens, MOST_TOKENS) + Math.min(outputTokens, MOST_TOKENS);
  }

  private static long micros(Optional<MicroUsd> cost) {
    return cost.map(MicroUsd::value).orElse(-1L);
  }
}
