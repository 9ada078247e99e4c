package io.salvor.domain.task;

import java.util.Locale;

/// What is to be done about an attempt that did not succeed.
public enum Remedy {
  /// Go on in the same workspace, in the agent's own session where that can be.
  RESUME,
  /// Begin at the base again; what is there is kept under `refs/salvor/`.
  FRESH,
  /// Begin at the base again, with a brief that a person has mended first.
  FRESH_NARROWER,
  /// Go on as it was after a while, without this attempt being counted.
  PARK,
  /// Do what only a person can do, and then go on.
  ASK,
  /// Nothing.
  STOP;

  /// Whether it may be taken without a person.
  public boolean takenAlone() {
    return this == RESUME || this == FRESH || this == PARK;
  }

  /// As it is written everywhere: `fresh_narrower`.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
