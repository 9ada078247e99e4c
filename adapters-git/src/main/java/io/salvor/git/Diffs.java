package io.salvor.git;

import io.salvor.domain.workspace.DiffScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;

/// Shows a task's work as a diff.
final class Diffs {
  private final Git git;

  Diffs(Git git) {
    this.git = git;
  }

  /// What the branch holds and the base does not.
  void committed(Site site, boolean stat, Consumer<byte[]> pieces) throws IOException {
    between(site, name(site.base()), name(site.tip()), stat, pieces);
  }

  /// What a commit of this task holds and another does not.
  void between(Site site, DiffScope.Between scope, boolean stat, Consumer<byte[]> pieces)
      throws IOException {
    Optional<String> from = scope.from().isPresent() ? scope.from() : name(site.base());
    between(site, from, Optional.of(scope.to()), stat, pieces);
  }

  private void between(
      Site site, Optional<String> from, Optional<String> to, boolean stat, Consumer<byte[]> pieces)
      throws IOException {
    if (from.isPresent() && to.isPresent() && site.ours()) {
      GitPlace place = GitPlace.gitDir(site.repository().commonDir());
      git.pour(call(place, stat, from.get(), to.get()), pieces);
    }
  }

  private static Optional<String> name(Optional<ObjectId> commit) {
    return commit.map(ObjectId::name);
  }

  /// What the workspace holds and its HEAD does not, untracked files included.
  void uncommitted(Site site, boolean stat, Consumer<byte[]> pieces) throws IOException {
    Optional<Registration> standing = Inspecting.standing(site);
    if (standing.isEmpty()) {
      return;
    }
    // Not the one scratch index, which belongs to whoever holds the repository: a reader may be
    // slow.
    Path index = ScratchIndex.apart(standing.get());
    try {
      HiddenFiles.of(git, standing.get()).reveal(git, standing.get(), index);
      // A repository without commits would make git add nothing at all.
      Status status = Status.of(git, standing.get()).without(site.copied());
      var leftOut = new ArrayList<>(status.copied());
      status.changes().stream()
          .filter(Status.Change::nested)
          .map(Status.Change::path)
          .forEach(leftOut::add);
      git.run(
          GitCall.write(
                  standing.get().place(),
                  "add",
                  "--all",
                  "--sparse",
                  "--intent-to-add",
                  "--ignore-errors",
                  "--pathspec-from-file=-",
                  "--pathspec-file-nul")
              .input(Pathspecs.allBut(leftOut))
              .with(ScratchIndex.VARIABLE, index.toString()));
      git.pour(
          call(standing.get().place(), stat, "HEAD").with(ScratchIndex.VARIABLE, index.toString()),
          pieces);
    } finally {
      Files.deleteIfExists(index);
    }
  }

  private static GitCall call(GitPlace place, boolean stat, String... revisions) {
    var arguments =
        new ArrayList<>(List.of("diff", "--no-ext-diff", "--no-textconv", "--no-color"));
    if (stat) {
      arguments.add("--stat");
    }
    arguments.addAll(List.of(revisions));
    arguments.add("--");
    return GitCall.read(place, arguments.toArray(String[]::new));
  }
}
