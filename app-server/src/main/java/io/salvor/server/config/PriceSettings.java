package io.salvor.server.config;

import io.salvor.process.protocol.PriceList.Price;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tables of prices, by the beginning of a model's name.
final class PriceSettings {
  private static final List<String> KEYS = List.of("input", "output", "cache_read", "cache_write");

  /// Stands for every model.
  private static final String ANY = "*";

  private PriceSettings() {}

  /// The tables in the table `prices`.
  static Map<String, Price> of(Settings parent) {
    var prices = new LinkedHashMap<String, Price>();
    parent
        .tables("prices", KEYS)
        .forEach((model, table) -> prices.put(model.equals(ANY) ? "" : model, price(table)));
    return prices;
  }

  private static Price price(Settings table) {
    BigDecimal input = needed(table, "input");
    return Price.of(
        input,
        needed(table, "output"),
        table.dollars("cache_read").orElse(input),
        table.dollars("cache_write").orElse(input));
  }

  private static BigDecimal needed(Settings table, String key) {
    return table
        .dollars(key)
        .orElseThrow(() -> table.bad(key, "there: dollars for a million tokens"));
  }
}
