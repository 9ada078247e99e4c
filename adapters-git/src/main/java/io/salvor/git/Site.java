package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// One task's part of one open repository.
record Site(
    ProjectRepository repository,
    Refs refs,
    History history,
    RefNames names,
    Owner owner,
    Path path,
    Copied copied) {

  static Site of(
      ProjectRepository repository, WorkspaceOrder order, StaleLocks staleLocks, Steps steps) {
    return new Site(
        repository,
        repository.refs(staleLocks, steps),
        repository.history(),
        new RefNames(order.display()),
        Owner.of(order),
        repository.workspacePath(order.display()),
        Copied.of(repository, order.copy()));
  }

  Optional<Owner> recordedOwner() throws IOException {
    return refs.text(names.owner()).flatMap(Owner::parse);
  }

  /// Whether the repository says that this task is its owner's.
  boolean ours() throws IOException {
    return recordedOwner().filter(owner::equals).isPresent();
  }

  Optional<ObjectId> base() throws IOException {
    return refs.read(names.base());
  }

  Optional<ObjectId> tip() throws IOException {
    return refs.read(names.branch());
  }

  /// Where a worktree's HEAD stands; empty on a branch without commits.
  Optional<ObjectId> head(Registration registration) throws IOException {
    Optional<String> branch = registration.branch();
    return branch.isPresent()
        ? refs.read(branch.get())
        : HeadFile.detached(registration.privateDir());
  }

  /// The last attempt that began afresh; 0 for none.
  int latestStart() throws IOException {
    return refs.under(names.all()).keySet().stream()
        .flatMap(ref -> names.attemptOf(ref, "start").stream())
        .max(Integer::compare)
        .orElse(0);
  }

  /// The snapshot of the latest attempt that has one, not older than the last fresh start.
  Optional<ObjectId> newestSnapshot() throws IOException {
    int since = latestStart();
    Optional<Integer> newest =
        refs.under(names.all()).keySet().stream()
            .flatMap(ref -> names.attemptOf(ref, "wip").stream())
            .filter(attempt -> attempt >= since)
            .max(Integer::compare);
    return newest.isEmpty() ? Optional.empty() : refs.read(names.wip(newest.get()));
  }

  /// The snapshot that belongs over a checkout of the branch; empty where there is none, or where
  /// the branch has moved on since.
  Optional<ObjectId> restorable() throws IOException {
    Optional<ObjectId> snapshot = newestSnapshot();
    Optional<ObjectId> tip = tip();
    return snapshot.isPresent()
            && tip.isPresent()
            && history.firstParent(snapshot.get()).equals(tip)
        ? snapshot
        : Optional.empty();
  }
}
