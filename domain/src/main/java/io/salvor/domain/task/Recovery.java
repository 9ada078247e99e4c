package io.salvor.domain.task;

/// Who applies the remedy after an attempt that did not succeed, and how far.
///
/// @param maxRetries attempts that may begin by themselves after one that a person asked for
/// @param gateRepairs how often an agent is given a gate's failure to repair it by itself
/// @param loopWindow results that are looked at for a loop; 0 where none is looked for
public record Recovery(Mode mode, int maxRetries, int gateRepairs, int loopWindow) {
  /// A person decides; three retries where Salvor does; two rounds of repair; ten results.
  public static final Recovery DEFAULT = new Recovery(Mode.ADVISE, 3, 2, 10);

  /// Who decides.
  public enum Mode {
    /// Salvor takes what the matrix says, where that is to resume, to begin afresh or to wait.
    AUTO,
    /// The task stops, and the remedy is a command for a person.
    ADVISE
  }

  /// The same, applied by somebody else.
  public Recovery with(Mode changed) {
    return new Recovery(changed, maxRetries, gateRepairs, loopWindow);
  }

  /// Nothing begins by itself.
  public Recovery withoutRetries() {
    return new Recovery(Mode.ADVISE, 0, 0, loopWindow);
  }
}
