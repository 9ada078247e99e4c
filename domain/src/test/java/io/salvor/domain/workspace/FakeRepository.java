package io.salvor.domain.workspace;

import io.salvor.domain.id.DisplayId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A repository in memory, and its remote.
final class FakeRepository {
  final SortedMap<DisplayId, FakePlot> plots = new TreeMap<>();
  final SortedMap<String, String> files = new TreeMap<>();
  FakeCommit main;
  @Nullable Remote origin;

  FakeRepository(FakeCommit main) {
    this.main = main;
    files.putAll(main.files());
  }

  /// Another repository.
  static final class Remote {
    @Nullable FakeCommit main;
  }

  PushOutcome push(PushOrder order) {
    Remote remote = order.remote().equals("origin") ? origin : null;
    if (remote == null) {
      return new PushOutcome.Refused("there is no remote " + order.remote());
    }
    Optional<FakeCommit> commit =
        main.withAllBefore().filter(it -> it.id().equals(order.commit())).findFirst();
    if (commit.isEmpty()) {
      return new PushOutcome.Refused("there is no commit " + order.commit());
    }
    FakeCommit there = remote.main;
    if (there != null && there.contains(commit.get())) {
      return new PushOutcome.Pushed();
    }
    if (there != null && !commit.get().contains(there)) {
      return new PushOutcome.Refused("[rejected] (fetch first)");
    }
    remote.main = commit.get();
    return new PushOutcome.Pushed();
  }
}
