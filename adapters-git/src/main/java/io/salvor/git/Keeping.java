package io.salvor.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Keeps commits reachable, and never at the cost of others.
final class Keeping {
  private final Git git;

  Keeping(Git git) {
    this.git = git;
  }

  /// Points `ref`, or `ref-2`, `ref-3` and so on, at the commit, unless one of them contains it.
  static void keep(Site site, String ref, ObjectId commit) throws IOException {
    String name = ref;
    for (int next = 2; ; next++) {
      Optional<ObjectId> kept = site.refs().read(name);
      if (kept.isPresent() && site.history().contains(kept.get(), commit)) {
        return;
      }
      if (kept.isEmpty() && site.refs().create(name, commit)) {
        return;
      }
      name = ref + "-" + next;
    }
  }

  /// Keeps a detached HEAD whose commits are not on the task's branch.
  static void keepDetached(Site site, Registration registration, int attempt) throws IOException {
    Optional<ObjectId> head = HeadFile.detached(registration.privateDir());
    Optional<ObjectId> tip = site.tip();
    if (head.isEmpty() || (tip.isPresent() && site.history().contains(tip.get(), head.get()))) {
      return;
    }
    keep(site, site.names().detached(attempt), head.get());
  }

  /// Keeps what a worktree without files still holds in its git directory: its HEAD and what was
  /// staged.
  void keepRemains(Site site, Registration missing, int attempt) throws IOException {
    keepDetached(site, missing, attempt);
    Optional<ObjectId> head = site.head(missing);
    GitResult written = git.run(GitCall.save(GitPlace.gitDir(missing.privateDir()), "write-tree"));
    if (head.isEmpty() || !written.ok()) {
      return;
    }
    ObjectId tree = ObjectId.fromString(written.line());
    if (tree.equals(site.history().tree(head.get()))) {
      return;
    }
    Optional<ObjectId> wip = site.newestSnapshot();
    if (wip.isPresent() && tree.equals(site.history().tree(wip.get()))) {
      return;
    }
    keep(
        site,
        site.names().staged(attempt),
        Commits.write(
            git,
            missing.privateDir(),
            tree,
            List.of(head.get()),
            "Staged in " + site.path(),
            Commits.SALVOR));
  }
}
