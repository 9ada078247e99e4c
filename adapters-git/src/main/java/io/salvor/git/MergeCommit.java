package io.salvor.git;

import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome;
import java.io.IOException;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/// Computes what a target would be after a merge, without touching any checkout.
final class MergeCommit {
  private final Git git;
  private final Identities identities;

  MergeCommit(Git git, Identities identities) {
    this.git = git;
    this.identities = identities;
  }

  /// What came of it.
  sealed interface Result {
    record Made(ObjectId commit) implements Result {}

    record Refused(MergeOutcome.Refused why) implements Result {}
  }

  /// The approved commit itself where the target can move forward to it, a merge commit otherwise.
  Result make(ProjectRepository repository, MergeOrder order, ObjectId target, ObjectId commit)
      throws IOException {
    if (repository.history().contains(commit, target)) {
      return new Result.Made(commit);
    }
    GitCall call =
        GitCall.save(
            repository.main(),
            "merge-tree",
            "--write-tree",
            "-z",
            "--name-only",
            "--no-messages",
            target.name(),
            commit.name());
    GitResult merged = git.run(call);
    List<String> parts = merged.parts();
    if (merged.ok() && !parts.isEmpty()) {
      ObjectId tree = ObjectId.fromString(parts.getFirst().strip());
      return new Result.Made(
          Commits.write(
              git,
              repository.commonDir(),
              tree,
              List.of(target, commit),
              order.message(),
              identities.of(repository)));
    }
    if (merged.exit() == 1 && parts.size() > 1) {
      List<String> files = parts.subList(1, parts.size()).stream().distinct().sorted().toList();
      return new Result.Refused(new MergeOutcome.Conflict(files));
    }
    return new Result.Refused(new MergeOutcome.Failed(GitFailed.words(call, merged)));
  }
}
