package io.salvor.server.backup;

import io.salvor.domain.backup.Admission;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.Segment;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.config.Home;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.StoreCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks whether a home's store is the one that it should be, and as it was written. Changes
/// nothing; a server may run meanwhile.
public final class StoreChecking {
  private final Home home;
  private final Vault vault;

  public StoreChecking(Home home, Vault vault) {
    this.home = home;
    this.vault = vault;
  }

  /// What was found.
  ///
  /// @param onlyTables whether only what is folded from the log is wrong
  public record Found(StoreCheck check, boolean onlyTables) {
    /// Whether all is well.
    public boolean sound() {
      return check.getSound();
    }
  }

  /// Reads all of the store.
  ///
  /// @throws LogUnavailable where it could not be looked at, which is no damage
  public Found look() throws IOException {
    Path database = StoreFiles.in(home.root()).database();
    if (!Files.exists(database) || Files.size(database) == 0) {
      return isWanted()
          ? found(StoreCheck.newBuilder(), List.of("the store is gone"), "salvor backup restore")
          : found(StoreCheck.newBuilder(), List.of(), "");
    }
    try (var copy = StoreCopy.open(database)) {
      if (copy.isHalfMade() && !isWanted()) {
        return found(StoreCheck.newBuilder(), List.of(), "");
      }
      StoreCopy.Report report = examined(copy);
      var check = StoreCheck.newBuilder();
      List<String> problems = new ArrayList<>(report.problems());
      if (!report.contents().head().lineage().isEmpty()) {
        tell(report.contents(), check);
        if (problems.isEmpty()) {
          misplaced(report.contents().head(), copy).ifPresent(problems::add);
        }
      }
      Found found = found(check, problems, StoreMark.REPAIR);
      return new Found(found.check(), report.onlyTables());
    }
  }

  /// Whether the home is known to have had a store.
  private boolean isWanted() throws IOException {
    return Identity.of(home).isPresent() || !vault.backups().isEmpty();
  }

  /// Nobody comes back later: it is looked at again at once.
  private static StoreCopy.Report examined(StoreCopy copy) {
    try {
      return copy.examine();
    } catch (LogUnavailable first) {
      try {
        return copy.examine();
      } catch (LogUnavailable again) {
        return StoreCopy.Report.ofStaying(again).orElseThrow(() -> again);
      }
    }
  }

  /// What a running server's own look found, in the same words.
  public Found told(StoreCopy.Report report) {
    var check = StoreCheck.newBuilder();
    if (!report.contents().head().lineage().isEmpty()) {
      tell(report.contents(), check);
    }
    Found found = found(check, report.problems(), "salvor stop && " + StoreMark.REPAIR);
    return new Found(found.check(), report.onlyTables());
  }

  private static void tell(StoreCopy.Contents contents, StoreCheck.Builder check) {
    check
        .setLineage(contents.head().lineage())
        .setStoreEpoch(contents.head().epoch())
        .setRecords(contents.head().seq())
        .setLastId(contents.head().id())
        .setTasks(contents.tasks())
        .setArchivedRecords(contents.archived().records())
        .setArchiveBytes(contents.archived().bytes());
  }

  private Found found(StoreCheck.Builder check, List<String> problems, String command) {
    check
        .setHome(home.root().toString())
        .setSound(problems.isEmpty())
        .addAllProblems(problems)
        .setCommand(problems.isEmpty() ? "" : command);
    return new Found(check.build(), false);
  }

  /// A store that is whole, but worse than a backup of it, was put in the place of a better one.
  private Optional<String> misplaced(Head head, StoreCopy copy) throws IOException {
    Optional<Identity> identity = Identity.of(home);
    if (identity.isPresent() && !identity.get().lineage().equals(head.lineage())) {
      return Optional.of(
          "it is store "
              + head.lineage()
              + ", but this home's store is "
              + identity.get().lineage());
    }
    List<Generation> there = vault.generations();
    List<Segment> segments = vault.segments().all();
    Optional<String> idAtBest =
        Reach.best(head.lineage(), there, segments).flatMap(it -> copy.idAt(it.seq()));
    var candidate = new Admission.Candidate(head, List.of(), idAtBest);
    return switch (Admission.judge(candidate, vault.lineages(), there, segments)) {
      case Admission.Ruling.Admitted _ -> Optional.empty();
      case Admission.Ruling.Refused(_, var detail) -> Optional.of(detail);
    };
  }
}
