package io.salvor.domain.task;

/// Who applies the remedy after an attempt that did not succeed, and how far.
///
/// @param maxRetries attempts that may begin by themselves after one that a person asked for
/// @param gateRepairs how often an agent is given a gate's failure to repair it by itself
/// @param loopWindow results that are looked at for a loop; 0 where none is looked for
/// @param spiral tool calls after which it counts for something that an attempt left nothing
/// @param waits before what begins by itself
public record Recovery(
    Mode mode, int maxRetries, int gateRepairs, int loopWindow, int spiral, Backoff waits) {
  /// Tool calls that an agent may make before it counts for something that nothing came of them.
  public static final int DEFAULT_SPIRAL = 30;

  /// More tool calls than any attempt makes: nothing ever counts so.
  public static final int MOST_SPIRAL = 1_000_000;

  /// A person decides; three retries where Salvor does; two rounds of repair; ten results.
  public static final Recovery DEFAULT = new Recovery(Mode.ADVISE, 3, 2, 10);

  /// With the usual waits, and the usual sense of what is much.
  public Recovery(Mode mode, int maxRetries, int gateRepairs, int loopWindow) {
    this(mode, maxRetries, gateRepairs, loopWindow, DEFAULT_SPIRAL, Backoff.DEFAULT);
  }

  /// Who decides.
  public enum Mode {
    /// Salvor takes what the matrix says, where that is to resume, to begin afresh or to wait.
    AUTO,
    /// The task stops, and the remedy is a command for a person.
    ADVISE
  }

  /// The same, applied by somebody else.
  public Recovery with(Mode changed) {
    return new Recovery(changed, maxRetries, gateRepairs, loopWindow, spiral, waits);
  }

  /// Nothing begins by itself.
  public Recovery withoutRetries() {
    return new Recovery(Mode.ADVISE, 0, 0, loopWindow, spiral, waits);
  }
}
