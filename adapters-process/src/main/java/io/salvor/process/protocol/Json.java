package io.salvor.process.protocol;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads JSON as agents write it: nothing that a field holds is ever an error.
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// An object without fields.
  static final JsonNode NOTHING = MAPPER.createObjectNode();

  private Json() {}

  /// The object that `line` holds, if it holds just one.
  static Optional<JsonNode> object(String line) {
    try {
      JsonNode node = MAPPER.readTree(line);
      return Optional.ofNullable(node).filter(JsonNode::isObject);
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /// The text of a field, empty where it holds none.
  static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }

  /// A string as it is; anything else as compact JSON.
  static String textOrJson(JsonNode node) {
    return node.isString() ? node.asString() : node.isMissingNode() ? "" : node.toString();
  }

  /// A text in quotes, as JSON and TOML write it.
  static String quoted(String text) {
    return MAPPER.writeValueAsString(text);
  }

  /// A count, 0 where there is none or it is not one.
  static long count(JsonNode object, String field) {
    JsonNode node = object.path(field);
    return node.isIntegralNumber() && node.canConvertToLong() ? Math.max(0, node.asLong()) : 0;
  }

  /// Dollars, given as number or string, in micro-USD rounded half up.
  static OptionalLong microUsd(JsonNode node) {
    try {
      if (!node.isNumber() && !node.isString()) {
        return OptionalLong.empty();
      }
      BigDecimal dollars = node.isNumber() ? node.decimalValue() : new BigDecimal(node.asString());
      // an exponent can make a short number enormous to compute with
      if (dollars.signum() < 0 || dollars.precision() - (long) dollars.scale() > 9) {
        return OptionalLong.empty();
      }
      if (dollars.precision() - (long) dollars.scale() < -9) {
        return OptionalLong.of(0);
      }
      return OptionalLong.of(
          dollars.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact());
    } catch (NumberFormatException | JacksonException e) {
      return OptionalLong.empty();
    }
  }
}
