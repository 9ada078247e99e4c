package io.salvor.domain.agent;

import java.math.BigDecimal;

/// Money in millionths of a US dollar. Unknown money is an empty Optional, never zero.
public record MicroUsd(long value) implements Comparable<MicroUsd> {
  public static final MicroUsd ZERO = new MicroUsd(0);

  public MicroUsd {
    if (value < 0) {
      throw new IllegalArgumentException("money spent is not negative: " + value);
    }
  }

  public MicroUsd plus(MicroUsd other) {
    return new MicroUsd(Math.addExact(value, other.value));
  }

  /// In dollars, exact, with two decimals or more: `0.50`, `0.005025`.
  public String dollars() {
    BigDecimal dollars = BigDecimal.valueOf(value, 6).stripTrailingZeros();
    return dollars.setScale(Math.max(2, dollars.scale())).toPlainString();
  }

  @Override
  public int compareTo(MicroUsd other) {
    return Long.compare(value, other.value);
  }
}
