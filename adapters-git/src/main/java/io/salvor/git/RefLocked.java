package io.salvor.git;

import java.io.IOException;

/// A ref could not be changed although it has the expected value: someone else holds its lock.
final class RefLocked extends IOException {
  private static final long serialVersionUID = 1L;

  RefLocked(String ref) {
    super(ref + " is locked: another git works on it, or died and left " + ref + ".lock behind");
  }
}
