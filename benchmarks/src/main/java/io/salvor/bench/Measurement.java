package io.salvor.bench;

/// Measures one thing against a baseline in the same run.
interface Measurement {
  /// Adds its lines to the report. `scratch` is empty and removed afterwards.
  void run(Scale scale, Scratch scratch, Report report) throws Exception;
}
