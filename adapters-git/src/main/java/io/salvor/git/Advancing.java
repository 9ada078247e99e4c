package io.salvor.git;

import io.salvor.git.Changes.Change;
import io.salvor.git.MergeJournal.Move;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;

/// Moves checkouts of the target from one commit to another, and back, leaving everything else in
/// them alone.
final class Advancing {
  private final Git git;

  Advancing(Git git) {
    this.git = git;
  }

  /// Files that stand in the way, by path; nothing is changed.
  ///
  /// @param again whether this move may have been begun before
  List<String> obstacles(
      ProjectRepository repository, TargetCheckout checkout, Move move, boolean again)
      throws IOException {
    Changes changes = changes(repository, move);
    if (!again) {
      return new Overlap(checkout.files(), Status.of(git, checkout)).with(changes);
    }
    PathStates states = states(repository, checkout, move, changes);
    var found = new ArrayList<String>();
    for (Change change : changes.paths()) {
      if (!states.ours(change)) {
        found.add(change.path());
      }
    }
    return found;
  }

  /// Files of which it cannot be told whether they stand in the way.
  List<String> unreadable(ProjectRepository repository, Move move) throws IOException {
    return changes(repository, move).unreadable();
  }

  /// Whether the checkout has conflicts that nobody has resolved.
  boolean conflicted(TargetCheckout checkout) throws IOException {
    return Status.of(git, checkout).changes().stream().anyMatch(Status.Change::unmerged);
  }

  /// Moves the checkout forward for the first time; git refuses what [#obstacles] has overlooked.
  void forward(TargetCheckout checkout, Move move) throws IOException {
    git.run(GitCall.write(checkout.place(), "update-index", "-q", "--refresh"));
    git.must(
        GitCall.write(
            checkout.place(), "read-tree", "-m", "-u", move.from().name(), move.to().name()));
  }

  /// Moves forward what an interrupted move left behind; there are no [#obstacles].
  void forwardAgain(ProjectRepository repository, TargetCheckout checkout, Move move)
      throws IOException {
    Changes changes = changes(repository, move);
    states(repository, checkout, move, changes).moveForward(changes.paths());
  }

  /// Takes a move back, but for files that hold something else by now.
  ///
  /// @param now where the target stands; what it has changed since is left to whoever did that
  void back(ProjectRepository repository, TargetCheckout checkout, Move move, ObjectId now)
      throws IOException {
    Changes changes = changes(repository, move);
    PathStates states = states(repository, checkout, move, changes);
    Set<String> since =
        changes(repository, new Move(move.from(), now)).paths().stream()
            .map(Change::path)
            .collect(Collectors.toSet());
    var ours = new ArrayList<Change>();
    for (Change change : changes.paths()) {
      if (!since.contains(change.path()) && states.ours(change)) {
        ours.add(change);
      }
    }
    states.moveBack(ours);
  }

  private PathStates states(
      ProjectRepository repository, TargetCheckout checkout, Move move, Changes changes)
      throws IOException {
    return PathStates.read(git, repository.jgit(), checkout, move.from(), changes);
  }

  private static Changes changes(ProjectRepository repository, Move move) throws IOException {
    History history = repository.history();
    return Changes.between(repository.jgit(), history.tree(move.from()), history.tree(move.to()));
  }
}
