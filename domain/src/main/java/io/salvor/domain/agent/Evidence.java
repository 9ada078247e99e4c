package io.salvor.domain.agent;

/// What is left of a process when nothing of it lives any more.
///
/// @param exit how its leader ended
/// @param oomKilled whether the kernel says that it killed something of the attempt for memory
/// @param sameBoot false where the host was started anew meanwhile
/// @param outputAtStop length of the output when the first signal was sent; the whole length where
///   none was
/// @param readFailed whether the output could not be read to its end
/// @param endedAtDeadline whether the shim ended the agent at its deadline because no server did
/// @param windowClosed whether the shim ended the agent because the window that showed it was
///   closed
/// @param survivorsKilled processes that outlived the leader and were ended
public record Evidence(
    Exit exit,
    boolean oomKilled,
    boolean sameBoot,
    long outputAtStop,
    boolean readFailed,
    boolean endedAtDeadline,
    boolean windowClosed,
    int survivorsKilled) {
  /// Of an agent whose window, if it had one, was not closed.
  public Evidence(
      Exit exit,
      boolean oomKilled,
      boolean sameBoot,
      long outputAtStop,
      boolean readFailed,
      boolean endedAtDeadline,
      int survivorsKilled) {
    this(
        exit,
        oomKilled,
        sameBoot,
        outputAtStop,
        readFailed,
        endedAtDeadline,
        false,
        survivorsKilled);
  }
}
