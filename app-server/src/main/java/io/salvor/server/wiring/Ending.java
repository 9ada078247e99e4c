package io.salvor.server.wiring;

/// What ends the process when the engine meets a state that must not be.
@FunctionalInterface
interface Ending {
  void broken(Throwable cause);
}
