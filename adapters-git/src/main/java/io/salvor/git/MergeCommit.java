package io.salvor.git;

import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.git.Commits.Identity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/// Computes what a target would be after a merge, without touching any checkout.
final class MergeCommit {
  private final Git git;

  MergeCommit(Git git) {
    this.git = git;
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
              identity(repository)));
    }
    if (merged.exit() == 1 && parts.size() > 1) {
      List<String> files = parts.subList(1, parts.size()).stream().distinct().sorted().toList();
      return new Result.Refused(new MergeOutcome.Conflict(files));
    }
    return new Result.Refused(new MergeOutcome.Failed(GitFailed.words(call, merged)));
  }

  /// Whom the project's configuration names, or Salvor.
  private Identity identity(ProjectRepository repository) throws IOException {
    GitResult configured =
        git.run(
            GitCall.read(
                repository.main(),
                "config",
                "-z",
                "--get-regexp",
                "^(user|author|committer)\\.(name|email)$"));
    Map<String, String> values = new TreeMap<>();
    for (String part : configured.parts()) {
      int end = part.indexOf('\n');
      if (end > 0) {
        values.put(part.substring(0, end), part.substring(end + 1).strip());
      }
    }
    String[] author = named(values, "author");
    String[] committer = named(values, "committer");
    return new Identity(author[0], author[1], committer[0], committer[1]);
  }

  private static String[] named(Map<String, String> values, String role) {
    String name = values.getOrDefault(role + ".name", values.getOrDefault("user.name", ""));
    String email = values.getOrDefault(role + ".email", values.getOrDefault("user.email", ""));
    return name.isBlank() || email.isBlank()
        ? new String[] {Commits.SALVOR.authorName(), Commits.SALVOR.authorEmail()}
        : new String[] {name, email};
  }
}
