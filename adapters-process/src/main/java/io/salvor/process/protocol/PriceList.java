package io.salvor.process.protocol;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.spending.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// List prices by the beginning of a model's name; the longest beginning that fits counts, and one
/// that breaks off within a version number (`gpt-5` of `gpt-5.5`) does not fit. Immutable.
///
/// Used where an agent does not tell the cost itself, or has not yet.
public final class PriceList {
  private final Map<String, Price> byPrefix;

  public PriceList(Map<String, Price> byPrefix) {
    this.byPrefix = new LinkedHashMap<>(byPrefix);
  }

  /// Prices in micro-USD for a million tokens, that is, millionths of a micro-USD for one.
  public record Price(long input, long output, long cacheRead, long cacheWrite) {
    private static final BigDecimal CACHE_READ = new BigDecimal("0.1");
    private static final BigDecimal CACHE_WRITE = new BigDecimal("1.25");

    /// Dollars for a million tokens, with the usual shares: a cache read costs a tenth of an input
    /// token, a cache write a quarter more than one.
    public static Price perMillionUsd(String input, String output) {
      BigDecimal in = new BigDecimal(input);
      return of(in, new BigDecimal(output), in.multiply(CACHE_READ), in.multiply(CACHE_WRITE));
    }

    /// Dollars for a million tokens. ArithmeticException where one is finer than a millionth of a
    /// dollar.
    public static Price of(
        BigDecimal input, BigDecimal output, BigDecimal cacheRead, BigDecimal cacheWrite) {
      return new Price(micros(input), micros(output), micros(cacheRead), micros(cacheWrite));
    }

    /// The same with another price of a cache read, in dollars for a million tokens.
    Price cacheRead(String dollars) {
      return new Price(input, output, micros(new BigDecimal(dollars)), cacheWrite);
    }

    private static long micros(BigDecimal dollars) {
      return dollars.movePointRight(6).longValueExact();
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

  /// What is publicly listed, as far as it was known in November 2026.
  public static PriceList listed() {
    Map<String, Price> prices = new LinkedHashMap<>();
    prices.put("claude-opus-4", Price.perMillionUsd("5", "25"));
    prices.put("claude-opus-4-0", Price.perMillionUsd("15", "75"));
    prices.put("claude-opus-4-1", Price.perMillionUsd("15", "75"));
    prices.put("claude-opus-4-2025", Price.perMillionUsd("15", "75"));
    prices.put("claude-sonnet-4", Price.perMillionUsd("3", "15"));
    prices.put("claude-haiku-4", Price.perMillionUsd("1", "5"));
    prices.put("claude-3-7-sonnet", Price.perMillionUsd("3", "15"));
    prices.put("claude-3-5-sonnet", Price.perMillionUsd("3", "15"));
    prices.put("gpt-5", Price.perMillionUsd("1.25", "10"));
    prices.put("gpt-5-mini", Price.perMillionUsd("0.25", "2"));
    prices.put("gpt-5-nano", Price.perMillionUsd("0.05", "0.40"));
    prices.put("gpt-5.1", Price.perMillionUsd("1.25", "10"));
    prices.put("gpt-5.4", Price.perMillionUsd("2.50", "15"));
    prices.put("gpt-5.4-mini", Price.perMillionUsd("0.75", "4.50"));
    prices.put("gpt-5.4-nano", Price.perMillionUsd("0.20", "1.25"));
    prices.put("gpt-5.5", Price.perMillionUsd("5", "30"));
    prices.put("gpt-5.5-pro", Price.perMillionUsd("30", "180"));
    prices.put("gpt-5.6-terra", Price.perMillionUsd("2.50", "15"));
    prices.put("gpt-6-sol", Price.perMillionUsd("2", "10"));
    prices.put("gpt-6-luna", Price.perMillionUsd("0.10", "0.50"));
    prices.put("gpt-6.1-sol", Price.perMillionUsd("2", "10").cacheRead("0.10"));
    // for prompts up to 200,000 tokens
    prices.put("gemini-2.5-pro", Price.perMillionUsd("1.25", "10"));
    prices.put("gemini-2.5-flash", Price.perMillionUsd("0.30", "2.50"));
    prices.put("gemini-2.5-flash-lite", Price.perMillionUsd("0.10", "0.40"));
    prices.put("gemini-3-pro", Price.perMillionUsd("2", "12"));
    prices.put("gemini-3-flash", Price.perMillionUsd("0.50", "3"));
    return new PriceList(prices);
  }

  /// These prices, and those of `more` in front of them.
  public PriceList with(Map<String, Price> more) {
    Map<String, Price> all = new LinkedHashMap<>(byPrefix);
    all.putAll(more);
    return new PriceList(all);
  }

  /// Whether a model has a price.
  public boolean knows(String model) {
    return byPrefix.keySet().stream().anyMatch(prefix -> fits(prefix, model));
  }

  private static boolean fits(String prefix, String model) {
    return model.startsWith(prefix)
        && !(model.length() > prefix.length() && model.charAt(prefix.length()) == '.');
  }

  /// What the tokens cost, rounded up; empty where the model has no price.
  Optional<MicroUsd> cost(String model, Tokens tokens) {
    return byPrefix.entrySet().stream()
        .filter(entry -> fits(entry.getKey(), model))
        .max(Comparator.comparingInt(entry -> entry.getKey().length()))
        .map(Map.Entry::getValue)
        .map(price -> new MicroUsd(micros(price, tokens)));
  }

  /// At most what can be counted, however dear a token is.
  private static long micros(Price price, Tokens tokens) {
    return millionths(tokens.input, price.input)
        .add(millionths(tokens.output, price.output))
        .add(millionths(tokens.cacheRead, price.cacheRead))
        .add(millionths(tokens.cacheWrite, price.cacheWrite))
        .movePointLeft(6)
        .setScale(0, RoundingMode.CEILING)
        .min(BigDecimal.valueOf(Amount.MOST))
        .longValueExact();
  }

  private static BigDecimal millionths(long tokens, long price) {
    return BigDecimal.valueOf(tokens).multiply(BigDecimal.valueOf(price));
  }
}
