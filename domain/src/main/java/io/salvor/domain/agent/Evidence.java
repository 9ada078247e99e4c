package io.salvor.domain.agent;

/// What is left of a process when nothing of it lives any more.
///
/// @param exit how its leader ended
/// @param oomKilled whether the kernel says that it killed something of the attempt for memory
/// @param sameBoot false where the host was started anew meanwhile
/// @param outputAtStop length of the output when the first signal was sent; the whole length where
///   none was
/// @param readFailed whether the output could not be read to its end
/// @param shimStop why the shim ended the agent, where it did
/// @param survivorsKilled processes that outlived the leader and were ended
public record Evidence(
    Exit exit,
    boolean oomKilled,
    boolean sameBoot,
    long outputAtStop,
    boolean readFailed,
    ShimStop shimStop,
    int survivorsKilled) {}
