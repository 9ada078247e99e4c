package io.salvor.process.protocol;

import io.salvor.domain.agent.MicroUsd;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// List prices by the beginning of a model's name; the longest beginning that fits counts.
/// Immutable.
///
/// Used only for what a run has spent before its own closing statement; that statement is exact.
public final class PriceList {
  private final Map<String, Price> byPrefix;

  public PriceList(Map<String, Price> byPrefix) {
    this.byPrefix = new LinkedHashMap<>(byPrefix);
  }

  /// Prices in micro-USD for a million tokens, that is, millionths of a micro-USD for one.
  public record Price(long input, long output, long cacheRead, long cacheWrite) {
    /// With the usual shares: a cache read costs a tenth of an input token, a cache write a quarter
    /// more than one.
    public static Price perMillionUsd(long input, long output) {
      return new Price(input * 1_000_000, output * 1_000_000, input * 100_000, input * 1_250_000);
    }
  }

  /// Tokens of one model; a count beyond all reason is cut, so that no sum overflows.
  public record Tokens(long input, long output, long cacheRead, long cacheWrite) {
    private static final long MOST = 10_000_000_000L;

    public Tokens {
      input = Math.clamp(input, 0, MOST);
      output = Math.clamp(output, 0, MOST);
      cacheRead = Math.clamp(cacheRead, 0, MOST);
      cacheWrite = Math.clamp(cacheWrite, 0, MOST);
    }

    Tokens max(Tokens other) {
      return new Tokens(
          Math.max(input, other.input),
          Math.max(output, other.output),
          Math.max(cacheRead, other.cacheRead),
          Math.max(cacheWrite, other.cacheWrite));
    }

    Tokens minus(Tokens other) {
      return new Tokens(
          input - other.input,
          output - other.output,
          cacheRead - other.cacheRead,
          cacheWrite - other.cacheWrite);
    }

    Tokens plus(Tokens other) {
      return new Tokens(
          input + other.input,
          output + other.output,
          cacheRead + other.cacheRead,
          cacheWrite + other.cacheWrite);
    }
  }

  /// What is publicly listed for the models that Claude Code and Gemini CLI use; of Gemini's prices
  /// those for prompts up to 200,000 tokens.
  public static PriceList listed() {
    Map<String, Price> prices = new LinkedHashMap<>();
    prices.put("claude-opus-4", Price.perMillionUsd(5, 25));
    prices.put("claude-opus-4-0", Price.perMillionUsd(15, 75));
    prices.put("claude-opus-4-1", Price.perMillionUsd(15, 75));
    prices.put("claude-opus-4-2025", Price.perMillionUsd(15, 75));
    prices.put("claude-sonnet-4", Price.perMillionUsd(3, 15));
    prices.put("claude-haiku-4", Price.perMillionUsd(1, 5));
    prices.put("claude-3-7-sonnet", Price.perMillionUsd(3, 15));
    prices.put("claude-3-5-sonnet", Price.perMillionUsd(3, 15));
    prices.put("gemini-2.5-pro", cachedInputAtATenth(1_250_000, 10_000_000));
    prices.put("gemini-2.5-flash", cachedInputAtATenth(300_000, 2_500_000));
    prices.put("gemini-2.5-flash-lite", cachedInputAtATenth(100_000, 400_000));
    prices.put("gemini-3-pro", cachedInputAtATenth(2_000_000, 12_000_000));
    prices.put("gemini-3-flash", cachedInputAtATenth(500_000, 3_000_000));
    return new PriceList(prices);
  }

  private static Price cachedInputAtATenth(long input, long output) {
    return new Price(input, output, input / 10, input);
  }

  /// What the tokens cost, rounded up; empty where the model has no price.
  Optional<MicroUsd> cost(String model, Tokens tokens) {
    return byPrefix.entrySet().stream()
        .filter(entry -> model.startsWith(entry.getKey()))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(Map.Entry::getValue)
        .map(price -> new MicroUsd(micros(price, tokens)));
  }

  private static long micros(Price price, Tokens tokens) {
    long millionths =
        tokens.input * price.input
            + tokens.output * price.output
            + tokens.cacheRead * price.cacheRead
            + tokens.cacheWrite * price.cacheWrite;
    return Math.ceilDiv(millionths, 1_000_000);
  }
}
