package io.salvor.sqlite;

import java.nio.file.Path;

/// What may have records of a store, and need not be whole.
public sealed interface Remains {
  /// A store's file, damaged or not; or none at all.
  record File(Path database) implements Remains {}

  /// What was written down of its log.
  record Stretches(KeptStretches kept) implements Remains {}
}
