package io.salvor.domain.agent;

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

  @Override
  public int compareTo(MicroUsd other) {
    return Long.compare(value, other.value);
  }
}
