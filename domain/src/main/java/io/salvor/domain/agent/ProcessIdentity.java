package io.salvor.domain.agent;

/// Which process, beyond doubt: a pid alone may have been given to another.
///
/// @param startTicks field 22 of `/proc/<pid>/stat`, raw
/// @param bootId `/proc/sys/kernel/random/boot_id`
/// @param marker value of `SALVOR_ATTEMPT` in the process's environment
public record ProcessIdentity(long pid, long startTicks, String bootId, String marker) {}
