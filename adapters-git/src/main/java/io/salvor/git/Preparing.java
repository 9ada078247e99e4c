package io.salvor.git;

import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.Workspace;
import io.salvor.domain.workspace.WorkspaceOrder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Makes a workspace or finds it made; the caller holds the repository.
final class Preparing {
  private final Claim claim;
  private final Making making;
  private final Mending mending;
  private final OwnBranch ownBranch;
  private final Reregistering reregistering;
  private final FreshStart freshStart;
  private final Keeping keeping;

  Preparing(
      Claim claim,
      Making making,
      Mending mending,
      OwnBranch ownBranch,
      Reregistering reregistering,
      FreshStart freshStart,
      Keeping keeping) {
    this.claim = claim;
    this.making = making;
    this.mending = mending;
    this.ownBranch = ownBranch;
    this.reregistering = reregistering;
    this.freshStart = freshStart;
    this.keeping = keeping;
  }

  /// @throws Unworkable after taking back whatever this call had made
  Preparation prepare(
      Site site, WorkspaceOrder order, CopiedFiles copies, int attempt, boolean fresh)
      throws IOException, Unworkable {
    var undo = new Undo();
    try {
      return attempted(site, order, copies, attempt, fresh, undo);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (Unworkable e) {
      undo.all(e);
      throw e;
    } catch (IOException e) {
      var refusal = new Unworkable(GitFailed.kindOf(e), GitFailed.words(e), "");
      refusal.initCause(e);
      undo.all(refusal);
      throw refusal;
    }
  }

  private Preparation attempted(
      Site site, WorkspaceOrder order, CopiedFiles copies, int attempt, boolean fresh, Undo undo)
      throws IOException, Unworkable {
    Seat seat = Seat.look(site);
    ObjectId base = claim.take(site, seat, order.base().orElse("HEAD"), undo);
    OwnBranch.requireFree(site);
    boolean begin = fresh && !FreshStart.done(site, attempt);
    boolean created =
        switch (seat) {
          case Seat.Standing(var standing) -> {
            resume(site, standing, begin, attempt, base, undo);
            layAgain(site, copies, begin);
            yield false;
          }
          case Seat.Orphaned(var privateDir) -> {
            branch(site, base, begin, undo);
            reregistering.register(site, privateDir);
            resume(site, again(site), begin, attempt, base, undo);
            layAgain(site, copies, begin);
            yield false;
          }
          case Seat.Missing(var missing) -> {
            keeping.keepRemains(site, missing, attempt);
            rewind(site, begin, attempt, base, undo);
            making.add(site, true, new Making.Content(!begin, copies), undo);
            yield true;
          }
          case Seat.HalfMade(var halfMade) -> {
            rewind(site, begin, attempt, base, undo);
            making.resume(site, halfMade, new Making.Content(!begin, copies), undo);
            yield true;
          }
          case Seat.Free() -> {
            rewind(site, begin, attempt, base, undo);
            making.add(site, false, new Making.Content(!begin, copies), undo);
            yield true;
          }
          case Seat.Taken(var problem) ->
              throw new Unworkable(problem.kind(), problem.detail(), problem.hint());
        };
    if (fresh) {
      freshStart.finish(site, attempt, base);
    }
    return new Preparation.Ready(
        new Workspace(site.path().toString(), order.branch(), base.name()), created);
  }

  /// A fresh start has cleaned away what was copied, but for ignored files, which it leaves alone.
  private static void layAgain(Site site, CopiedFiles copies, boolean begin)
      throws IOException, Unworkable {
    if (begin) {
      copies.missingInto(site.path());
    }
  }

  private static Registration again(Site site) throws IOException {
    if (Seat.look(site) instanceof Seat.Standing(var standing)) {
      return standing;
    }
    throw new GitFailed(site.path() + " could not be registered again");
  }

  private void resume(
      Site site, Registration standing, boolean begin, int attempt, ObjectId base, Undo undo)
      throws IOException, Unworkable {
    branch(site, base, begin, undo);
    mending.mend(site, standing);
    if (begin) {
      freshStart.keepEarlier(site, Optional.of(standing), attempt, base);
      freshStart.rewindFiles(site, standing, attempt, base);
    } else {
      ownBranch.require(site, standing);
    }
  }

  /// Readies the branch while there are no files.
  private void rewind(Site site, boolean begin, int attempt, ObjectId base, Undo undo)
      throws IOException, Unworkable {
    ObjectId tip = branch(site, base, begin, undo);
    if (begin) {
      boolean underWay = site.refs().exists(site.names().reset(attempt));
      freshStart.keepEarlier(site, Optional.empty(), attempt, base);
      if (!underWay) {
        undo.add(() -> site.refs().delete(site.names().reset(attempt), base));
      }
      freshStart.rewindBranch(site, tip, base);
      undo.add(() -> site.refs().move(site.names().branch(), base, tip));
    }
  }

  /// The branch's tip. A branch that someone deleted begins where the newest snapshot was taken, or
  /// else at the base.
  private static ObjectId branch(Site site, ObjectId base, boolean begin, Undo undo)
      throws IOException {
    Optional<ObjectId> tip = site.tip();
    if (tip.isPresent()) {
      return tip.get();
    }
    ObjectId start = base;
    Optional<ObjectId> snapshot = begin ? Optional.empty() : site.newestSnapshot();
    if (snapshot.isPresent()) {
      start = site.history().firstParent(snapshot.get()).orElse(base);
    }
    ObjectId created = start;
    undo.add(() -> site.refs().delete(site.names().branch(), created));
    if (!site.refs().create(site.names().branch(), created)) {
      throw new GitFailed(site.names().branch() + " was made by someone else meanwhile");
    }
    return created;
  }
}
