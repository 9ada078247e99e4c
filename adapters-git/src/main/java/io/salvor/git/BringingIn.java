package io.salvor.git;

import io.salvor.domain.workspace.BroughtIn;
import io.salvor.git.Commits.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/// Merges a target's tip into a task's branch, in its workspace; the caller holds the repository.
///
/// This is git's own merge and not ours in memory: an agent is to find what a person would find
/// after `git merge`, and to finish it with `git commit`.
final class BringingIn {
  private final Git git;
  private final Identities identities;

  BringingIn(Git git, Identities identities) {
    this.git = git;
    this.identities = identities;
  }

  /// Empty where there is no such target.
  Optional<BroughtIn> bringIn(Site site, String target) throws IOException, Unworkable {
    Registration standing =
        Inspecting.standing(site)
            .orElseThrow(() -> new GitFailed(site.path() + " is no workspace to merge in"));
    OwnBranch.requireOn(site, standing);
    ObjectId head =
        site.head(standing)
            .orElseThrow(() -> new GitFailed(site.names().shortBranch() + " has no commit"));
    Optional<ObjectId> underWay = underWay(standing);
    if (underWay.isPresent()) {
      return Optional.of(conflicts(standing, head, underWay.get()));
    }
    String ref = "refs/heads/" + target;
    Optional<ObjectId> tip =
        Repository.isValidRefName(ref) ? site.refs().read(ref) : Optional.empty();
    if (tip.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        site.history().contains(head, tip.get())
            ? new BroughtIn.Clean(tip.get().name())
            : merge(site, standing, head, tip.get(), target));
  }

  private BroughtIn merge(
      Site site, Registration standing, ObjectId head, ObjectId tip, String target)
      throws IOException {
    HiddenFiles.reveal(git, standing);
    List<String> dirty = Status.of(git, standing).paths();
    GitCall call = call(site, standing, tip, target);
    GitResult merged = git.run(call);
    if (merged.ok()) {
      return new BroughtIn.Clean(tip.name());
    }
    Optional<ObjectId> underWay = underWay(standing);
    if (underWay.isPresent()) {
      return conflicts(standing, head, underWay.get());
    }
    List<String> inTheWay = overlap(standing, head, tip, dirty);
    if (inTheWay.isEmpty()) {
      throw GitFailed.of(call, merged);
    }
    return new BroughtIn.InTheWay(tip.name(), inTheWay);
  }

  private GitCall call(Site site, Registration standing, ObjectId tip, String target)
      throws IOException {
    Identity by = identities.of(site.repository());
    return GitCall.save(
            standing.place(),
            "merge",
            "--ff",
            "--commit",
            "--no-squash",
            "--no-stat",
            "--no-edit",
            "--no-gpg-sign",
            "--no-verify",
            "--no-verify-signatures",
            "--no-autostash",
            "--no-rerere-autoupdate",
            "-m",
            "Merge branch '" + target + "' into " + site.names().shortBranch(),
            tip.name())
        .with("GIT_AUTHOR_NAME", by.authorName())
        .with("GIT_AUTHOR_EMAIL", by.authorEmail())
        .with("GIT_COMMITTER_NAME", by.committerName())
        .with("GIT_COMMITTER_EMAIL", by.committerEmail());
  }

  /// The commit that a merge under way brings in.
  private static Optional<ObjectId> underWay(Registration standing) throws IOException {
    Path file = standing.privateDir().resolve("MERGE_HEAD");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    return Files.readString(file).lines().findFirst().map(ObjectId::fromString);
  }

  private BroughtIn conflicts(Registration standing, ObjectId head, ObjectId commit)
      throws IOException {
    List<String> files =
        Status.of(git, standing).changes().stream()
            .filter(Status.Change::unmerged)
            .map(Status.Change::path)
            .sorted()
            .toList();
    return new BroughtIn.Conflicts(head.name(), commit.name(), files);
  }

  /// The files with uncommitted changes that the merge would change too.
  private List<String> overlap(
      Registration standing, ObjectId head, ObjectId tip, List<String> dirty) throws IOException {
    var changed =
        new TreeSet<>(
            git.must(
                    GitCall.read(
                        standing.place(),
                        "diff",
                        "--name-only",
                        "--no-renames",
                        "-z",
                        "--no-ext-diff",
                        head.name() + "..." + tip.name()))
                .parts());
    var overlap = new ArrayList<>(new TreeSet<>(dirty));
    overlap.retainAll(changed);
    return overlap;
  }
}
