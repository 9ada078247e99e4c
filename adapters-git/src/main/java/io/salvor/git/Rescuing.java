package io.salvor.git;

import io.salvor.domain.workspace.RescueOutcome;
import io.salvor.git.Commits.Identity;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;

/// Commits what a dead agent left in its workspace; the caller holds the repository.
final class Rescuing {
  private final Git git;
  private final Identities identities;

  Rescuing(Git git, Identities identities) {
    this.git = git;
    this.identities = identities;
  }

  RescueOutcome rescue(Site site, String message) throws IOException {
    Registration standing =
        Inspecting.standing(site)
            .orElseThrow(() -> new GitFailed(site.path() + " is no workspace to rescue from"));
    Status status = Status.of(git, standing).without(site.copied());
    List<Status.Change> changes = status.changes();
    List<String> unmerged =
        changes.stream().filter(Status.Change::unmerged).map(Status.Change::path).toList();
    if (!unmerged.isEmpty()) {
      return new RescueOutcome.Refused("conflicts are left in " + String.join(", ", unmerged));
    }
    try {
      OwnBranch.requireOn(site, standing);
    } catch (Unworkable e) {
      return new RescueOutcome.Refused(e.problem().detail() + ": " + e.problem().hint());
    }
    List<String> nested =
        changes.stream().filter(Status.Change::nested).map(Status.Change::path).toList();
    if (!nested.isEmpty()) {
      return new RescueOutcome.Refused(
          "repositories of their own cannot be committed: " + String.join(", ", nested));
    }
    var committed = new TreeSet<String>();
    if (!changes.isEmpty()) {
      HiddenFiles.reveal(git, standing);
      git.must(
          GitCall.save(
                  standing.place(),
                  "add",
                  "--all",
                  "--sparse",
                  "--pathspec-from-file=-",
                  "--pathspec-file-nul")
              .input(Pathspecs.allBut(status.copied())));
      if (somethingStaged(standing)) {
        git.must(commit(site, standing, message));
        changes.forEach(change -> committed.add(change.path()));
        // What has changed inside of a repository of its own is there still.
        Status.of(git, standing).paths().forEach(committed::remove);
      }
    }
    ObjectId head =
        site.head(standing)
            .orElseThrow(() -> new GitFailed(site.names().shortBranch() + " has no commit"));
    return new RescueOutcome.Rescued(head.name(), List.copyOf(committed));
  }

  private boolean somethingStaged(Registration standing) throws IOException {
    return !git.run(
            GitCall.read(
                standing.place(),
                "diff-index",
                "--cached",
                "--quiet",
                "--ignore-submodules=none",
                "HEAD"))
        .ok();
  }

  private GitCall commit(Site site, Registration standing, String message) throws IOException {
    Identity by = identities.of(site.repository());
    return GitCall.save(
            standing.place(),
            "commit",
            "--quiet",
            "--no-verify",
            "--no-gpg-sign",
            "--cleanup=verbatim",
            "--file=-")
        .with("GIT_AUTHOR_NAME", by.authorName())
        .with("GIT_AUTHOR_EMAIL", by.authorEmail())
        .with("GIT_COMMITTER_NAME", by.committerName())
        .with("GIT_COMMITTER_EMAIL", by.committerEmail())
        .input(message);
  }
}
