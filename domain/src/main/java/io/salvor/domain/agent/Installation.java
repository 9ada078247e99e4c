package io.salvor.domain.agent;

import java.util.List;
import java.util.Optional;

/// What was found of an agent's program.
///
/// @param program where it is; empty where it is not
/// @param version as it tells it; empty where it tells none
/// @param seenVersions those that Salvor was tried with; empty for a program that is not Salvor's
///   to know
/// @param lacks what it needs and does not have; with none, it should run
public record Installation(
    Optional<String> program,
    Optional<String> version,
    List<String> seenVersions,
    List<Lack> lacks) {
  public Installation {
    seenVersions = List.copyOf(seenVersions);
    lacks = List.copyOf(lacks);
  }

  /// Something that is not there.
  ///
  /// @param what for people, one sentence
  /// @param command what puts it there; may be empty
  public record Lack(String what, String command) {}

  /// Whether this version is one that Salvor was tried with.
  public boolean versionSeen() {
    return version.filter(seenVersions::contains).isPresent();
  }
}
