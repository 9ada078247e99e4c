package io.salvor.domain.workspace;

import java.util.List;
import java.util.SortedMap;

/// Makes commits in memory, each with a hash of its own.
final class FakeCommits {
  private long made;

  FakeCommit make(String message, List<FakeCommit> parents, SortedMap<String, String> files) {
    made++;
    String digits = Long.toHexString(made);
    return new FakeCommit("0".repeat(40 - digits.length()) + digits, message, parents, files);
  }
}
