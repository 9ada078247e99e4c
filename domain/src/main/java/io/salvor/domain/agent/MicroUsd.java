package io.salvor.domain.agent;

/// Money in millionths of a US dollar. Unknown money is an empty Optional, never zero.
public record MicroUsd(long value) implements Comparable<MicroUsd> {
  public static final MicroUsd ZERO = new MicroUsd(0);

  public MicroUsd {
    if (value < 0) {
      throw new IllegalArgumentException("money spent is not negative: " + value);
    }
  }

  /// The sum, or the most there is where that is less.
  public MicroUsd plus(MicroUsd other) {
    return new MicroUsd(value + Math.min(other.value, Long.MAX_VALUE - value));
  }

  /// In dollars, exact, with as many digits as it takes and two at least: `5.00`, `0.1847`.
  public String dollars() {
    String micros = Long.toString(value % 1_000_000 + 1_000_000).substring(1);
    return value / 1_000_000
        + "."
        + micros.substring(0, 2)
        + micros.substring(2).replaceAll("0+$", "");
  }

  @Override
  public int compareTo(MicroUsd other) {
    return Long.compare(value, other.value);
  }
}
