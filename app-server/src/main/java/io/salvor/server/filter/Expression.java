package io.salvor.server.filter;

import java.util.List;

/// A filter as it was written.
sealed interface Expression {
  /// All of these; everything where there is none.
  record All(List<Expression> parts) implements Expression {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /// One of these.
  record Any(List<Expression> parts) implements Expression {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  record Not(Expression of) implements Expression {}

  /// `field operator value`
  record Restriction(String field, Operator operator, String value) implements Expression {}

  /// How a field and a value stand to each other.
  enum Operator {
    EQUAL("="),
    UNEQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">="),
    /// Has the value in it.
    HAS(":");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    /// As it is written.
    String sign() {
      return sign;
    }
  }
}
