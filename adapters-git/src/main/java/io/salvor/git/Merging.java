package io.salvor.git;

import io.salvor.domain.text.ShellWord;
import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.MergeOutcome.DirtyOverlap;
import io.salvor.domain.workspace.MergeOutcome.Diverged;
import io.salvor.domain.workspace.MergeOutcome.Failed;
import io.salvor.domain.workspace.MergeOutcome.Gone;
import io.salvor.domain.workspace.MergeOutcome.Merged;
import io.salvor.domain.workspace.MergeOutcome.Refused;
import io.salvor.domain.workspace.MergeOutcome.TargetMoved;
import io.salvor.git.MergeJournal.Move;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/// Brings an approved commit into its target; the caller holds the repository.
///
/// Journal, then checkouts, then the ref: whichever step a crash follows, doing it again ends in
/// the same place, and a refusal takes back what an earlier try had begun.
final class Merging {
  private static final int TRIES = 5;

  private final Git git;
  private final MergeCommit mergeCommit;
  private final Advancing advancing;
  private final StaleLocks staleLocks;
  private final Steps steps;

  Merging(
      Git git, MergeCommit mergeCommit, Advancing advancing, StaleLocks staleLocks, Steps steps) {
    this.git = git;
    this.mergeCommit = mergeCommit;
    this.advancing = advancing;
    this.staleLocks = staleLocks;
    this.steps = steps;
  }

  /// One merge and what it is about.
  private record Task(ProjectRepository repository, Refs refs, MergeOrder order) {
    String target() {
      return "refs/heads/" + order.target();
    }

    String branch() {
      return "refs/heads/" + order.branch();
    }

    MergeJournal journal() {
      return new MergeJournal(refs, new RefNames(order.display()));
    }
  }

  MergeOutcome merge(ProjectRepository repository, MergeOrder order) throws IOException {
    var task = new Task(repository, repository.refs(staleLocks, steps), order);
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<MergeOutcome> outcome = attempt(task);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return new Failed(order.target() + " moved each time while it was being merged into");
  }

  /// Empty where the target moved meanwhile.
  private Optional<MergeOutcome> attempt(Task task) throws IOException {
    MergeOrder order = task.order();
    if (!Repository.isValidRefName(task.target())) {
      return Optional.of(Gone.branch(order.target()));
    }
    Optional<ObjectId> target = task.refs().read(task.target());
    if (target.isEmpty()) {
      return refuse(task, Gone.branch(order.target()));
    }
    Optional<ObjectId> commit = task.repository().history().commit(order.commit());
    if (commit.isEmpty()) {
      return refuse(task, new Gone("commit " + order.commit()));
    }
    if (task.repository().history().contains(target.get(), commit.get())) {
      task.journal().clear();
      return Optional.of(new Merged(target.get().name()));
    }
    if (order.onto().filter(it -> !it.equals(target.get().name())).isPresent()) {
      return refuse(task, new TargetMoved(target.get().name()));
    }
    Optional<ObjectId> tip = task.refs().read(task.branch());
    if (tip.isEmpty()) {
      return refuse(task, Gone.branch(order.branch()));
    }
    if (!tip.get().equals(commit.get())) {
      return refuse(task, new Diverged(tip.get().name()));
    }
    return move(task, target.get(), commit.get());
  }

  private Optional<MergeOutcome> move(Task task, ObjectId target, ObjectId commit)
      throws IOException {
    Optional<Move> begun = task.journal().read();
    boolean again = begun.isPresent() && isSame(task, begun.get(), target, commit);
    if (begun.isPresent() && !again) {
      takeBack(task);
    }
    Move move;
    if (again) {
      move = begun.get();
    } else {
      switch (mergeCommit.make(task.repository(), task.order(), target, commit)) {
        case MergeCommit.Result.Refused(var why) -> {
          return Optional.of(why);
        }
        case MergeCommit.Result.Made(var made) -> move = new Move(target, made);
      }
    }
    List<TargetCheckout> checkouts = TargetCheckout.of(task.repository(), task.target());
    Optional<Refused> refusal = check(task, checkouts, move, again);
    if (refusal.isPresent()) {
      return refuse(task, refusal.get());
    }
    if (!again) {
      task.journal().write(move);
    }
    return carryOut(task, checkouts, move, commit, again);
  }

  /// Whether what was begun is this very merge, from where the target still stands.
  private static boolean isSame(Task task, Move begun, ObjectId target, ObjectId commit)
      throws IOException {
    return begun.from().equals(target)
        && (begun.to().equals(commit)
            || List.of(task.repository().history().parse(begun.to()).getParents())
                .contains(commit));
  }

  private Optional<Refused> check(
      Task task, List<TargetCheckout> checkouts, Move move, boolean again) throws IOException {
    Optional<Path> away = TargetCheckout.away(task.repository(), task.target());
    if (away.isPresent()) {
      return Optional.of(
          new Failed(
              task.order().target()
                  + " is checked out in "
                  + away.get()
                  + ", which is locked and not there"));
    }
    var dirty = new TreeSet<String>();
    for (TargetCheckout checkout : checkouts) {
      Optional<String> undertaking = checkout.undertaking();
      if (undertaking.isPresent()) {
        return Optional.of(new Failed(undertaking.get()));
      }
      Optional<String> lock = lock(checkout, again);
      if (lock.isPresent()) {
        return Optional.of(new Failed(lock.get()));
      }
      if (advancing.conflicted(checkout)) {
        return Optional.of(new Failed(checkout.files() + " has unresolved conflicts"));
      }
      List<String> odd = advancing.unreadable(task.repository(), move);
      if (!odd.isEmpty()) {
        return Optional.of(
            new Failed(
                "it cannot be merged into "
                    + checkout.files()
                    + ", for these names are not in UTF-8: "
                    + String.join(", ", odd)
                    + "; it can be while nothing has "
                    + task.order().target()
                    + " checked out: git -C "
                    + ShellWord.of(checkout.files().toString())
                    + " switch --detach"));
      }
      dirty.addAll(advancing.obstacles(task.repository(), checkout, move, again));
    }
    return dirty.isEmpty()
        ? Optional.empty()
        : Optional.of(new DirtyOverlap(new ArrayList<>(dirty)));
  }

  /// A lock in a user's checkout is the user's, unless a merge of ours was cut short there and
  /// nobody holds it.
  private Optional<String> lock(TargetCheckout checkout, boolean again) throws IOException {
    if (!Files.exists(checkout.indexLock())) {
      return Optional.empty();
    }
    if (!again) {
      return Optional.of(
          checkout.indexLock() + " exists: another git works there, or died and left it");
    }
    try {
      staleLocks.clear(checkout.indexLock(), List.of(checkout.gitDir(), checkout.files()));
      return Optional.empty();
    } catch (Unworkable e) {
      return Optional.of(e.problem().detail());
    }
  }

  private Optional<MergeOutcome> carryOut(
      Task task, List<TargetCheckout> checkouts, Move move, ObjectId commit, boolean again)
      throws IOException {
    try {
      for (TargetCheckout checkout : checkouts) {
        if (again) {
          advancing.forwardAgain(task.repository(), checkout, move);
        } else {
          advancing.forward(checkout, move);
        }
      }
    } catch (GitFailed e) {
      return refuse(task, new Failed(String.valueOf(e.getMessage())));
    }
    GitResult moved = moveRef(task, checkouts, move);
    Optional<ObjectId> now = task.refs().read(task.target());
    if (now.isPresent() && task.repository().history().contains(now.get(), commit)) {
      task.journal().clear();
      return Optional.of(new Merged(now.get().name()));
    }
    takeBack(task);
    return now.isPresent() && now.get().equals(move.from())
        ? Optional.of(new Failed(moved.err().strip()))
        : Optional.empty();
  }

  /// Said from a checkout of the branch, so that its HEAD's log tells of the move too.
  private GitResult moveRef(Task task, List<TargetCheckout> checkouts, Move move)
      throws IOException {
    GitPlace place =
        checkouts.isEmpty()
            ? GitPlace.gitDir(task.repository().commonDir())
            : checkouts.getFirst().place();
    return git.run(
        GitCall.save(
            place,
            "update-ref",
            "-m",
            "salvor: merge " + task.order().display(),
            task.target(),
            move.to().name(),
            move.from().name()));
  }

  private Optional<MergeOutcome> refuse(Task task, Refused refusal) throws IOException {
    takeBack(task);
    return Optional.of(refusal);
  }

  /// Ends what an earlier try has begun: checkouts go back to where the target stands.
  private void takeBack(Task task) throws IOException {
    Optional<Move> begun = task.journal().read();
    Optional<ObjectId> now = task.refs().read(task.target());
    if (begun.isPresent() && now.isPresent()) {
      for (TargetCheckout checkout : TargetCheckout.of(task.repository(), task.target())) {
        if (lock(checkout, true).isEmpty() && checkout.undertaking().isEmpty()) {
          advancing.back(task.repository(), checkout, begun.get(), now.get());
        }
      }
    }
    task.journal().clear();
  }
}
