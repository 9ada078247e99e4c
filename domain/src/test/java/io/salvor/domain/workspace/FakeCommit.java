package io.salvor.domain.workspace;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A commit in memory, with all of its files.
record FakeCommit(
    String id, String message, List<FakeCommit> parents, SortedMap<String, String> files) {
  FakeCommit {
    parents = List.copyOf(parents);
    files = new TreeMap<>(files);
  }

  boolean contains(FakeCommit other) {
    return id.equals(other.id) || parents.stream().anyMatch(parent -> parent.contains(other));
  }

  int ahead(FakeCommit base) {
    int count = 0;
    for (FakeCommit at = this; !base.contains(at); at = at.parents.getFirst()) {
      count++;
    }
    return count;
  }

  /// It, and all that it contains.
  Stream<FakeCommit> withAllBefore() {
    return Stream.concat(Stream.of(this), parents.stream().flatMap(FakeCommit::withAllBefore));
  }

  /// The commit before this one, if `commit` is there and has one.
  static Optional<FakeCommit> before(Optional<FakeCommit> commit) {
    return commit.flatMap(it -> it.parents().stream().findFirst());
  }

  /// The paths in which two trees differ.
  static List<String> changed(SortedMap<String, String> from, SortedMap<String, String> to) {
    var paths = new TreeSet<>(from.keySet());
    paths.addAll(to.keySet());
    paths.removeIf(
        path -> Optional.ofNullable(from.get(path)).equals(Optional.ofNullable(to.get(path))));
    return List.copyOf(paths);
  }
}
