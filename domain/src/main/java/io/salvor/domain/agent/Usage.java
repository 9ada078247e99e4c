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

  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Optional.empty(), CostSource.UNKNOWN);

  /// Where a cost comes from.
  public enum CostSource {
    UNKNOWN,
    /// Summed from what was seen while running, at list prices: all that a killed run leaves.
    ACCUMULATED,
    /// The agent's own closing statement.
    RESULT
  }

  /// The greater of two totals, field by field: cost is monotone through replays and re-reads.
  public Usage max(Usage other) {
    boolean otherCost =
        other.source.compareTo(source) > 0
            || (other.source == source && micros(other.cost) > micros(cost));
    return new Usage(
        Math.max(inputTokens, other.inputTokens),
        Math.max(outputTokens, other.outputTokens),
        Math.max(cacheReadTokens, other.cacheReadTokens),
        Math.max(cacheWriteTokens, other.cacheWriteTokens),
        Math.max(turns, other.turns),
        otherCost ? other.cost : cost,
        otherCost ? other.source : source);
  }

  /// Input and output tokens together.
  public long tokens() {
    return inputTokens + outputTokens;
  }

  private static long micros(Optional<MicroUsd> cost) {
    return cost.map(MicroUsd::value).orElse(-1L);
  }
}
