package io.salvor.server.doctor;

import java.io.IOException;
import java.util.List;

/// Looks at one thing. Changes nothing.
@FunctionalInterface
interface Check {
  /// One result or more.
  ///
  /// @throws IOException where it could not even look
  List<Result> look(Patient patient) throws IOException, InterruptedException;
}
