package io.salvor.simulator;

/// Something is true that must not be.
final class OracleFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String invariant;

  /// @param invariant its number, `Z5`
  OracleFailed(String invariant, String what) {
    super(invariant + ": " + what);
    this.invariant = invariant;
  }

  String invariant() {
    return invariant;
  }
}
