package io.salvor.server.backup;

import com.google.protobuf.util.Timestamps;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.backup.Segment;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.sqlite.StoreCopy;
import io.salvor.v1.Backup;
import io.salvor.v1.ListBackupsResponse;
import io.salvor.v1.PruneBackupsResponse;
import io.salvor.v1.VerifyBackupsResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is told of backups, with a server and without.
public final class BackupLists {
  private final BackupPlaces places;
  private final Vault own;

  public BackupLists(BackupPlaces places, Vault own) {
    this.places = places;
    this.own = own;
  }

  /// All of this home's, or of every home's.
  public ListBackupsResponse list(boolean allKeys) {
    Path folder = allKeys ? Disk.parent(own.folder()) : own.folder();
    var response = ListBackupsResponse.newBuilder().setDirectory(folder.toString());
    List<Vault> vaults =
        allKeys ? places.keys().stream().map(places::ofKey).toList() : List.of(own);
    for (Vault vault : vaults) {
      response.addAllBackups(reaching(vault));
      vault.quarantined().forEach(it -> response.addQuarantine(it.toString()));
      response.addAllTargets(new TargetStates(vault).all());
    }
    return response.build();
  }

  /// All backups there, each with how far its segments lead.
  static List<Backup> reaching(Vault vault) {
    List<Segment> segments = vault.shipped();
    return vault.backups().stream()
        .map(it -> {
          Reach reach = Reach.of(Vault.generation(it), segments);
          return it.toBuilder()
              .setReachedSeq(reach.seq())
              .setReachedTime(Timestamps.fromMillis(reach.at().toEpochMilli()))
              .build();
        })
        .toList();
  }

  /// Reads all bytes of one or of all, and of the segments that go on from them, and marks them by
  /// what it found: that they are what was published, and that the store in them still stands every
  /// check.
  ///
  /// @param generation empty for all
  /// @throws BackupFailed where there is no such one
  public VerifyBackupsResponse verify(Optional<String> generation) {
    List<Backup> wanted =
        own.backups().stream()
            .filter(it -> generation.isEmpty() || generation.get().equals(it.getGeneration()))
            .toList();
    if (wanted.isEmpty() && generation.isPresent()) {
      throw new NoSuchBackup(generation.get(), "salvor backup list");
    }
    var found = new Verification();
    for (Backup backup : wanted) {
      List<String> problems = problems(own, backup);
      own.mark(backup, problems);
      found.add(backup, problems);
    }
    for (Segment it : own.following(generations(wanted))) {
      Optional<String> problem = own.segments().problem(it);
      own.mark(it, problem);
      found.add(it, problem);
    }
    return found.told();
  }

  static Generation[] generations(List<Backup> backups) {
    return backups.stream().map(Vault::generation).toArray(Generation[]::new);
  }

  /// Everything that is wrong with a backup.
  static List<String> problems(Vault vault, Backup backup) {
    var problems = new ArrayList<>(vault.problems(backup));
    if (problems.isEmpty()) {
      try (var copy = StoreCopy.open(vault.place(backup.getGeneration()).resolve(Vault.STORE))) {
        StoreCopy.Report report = copy.examine();
        problems.addAll(report.problems());
        Head head = report.contents().head();
        if (problems.isEmpty() && !head.equals(Vault.generation(backup).head())) {
          problems.add(
              "its store ends at record "
                  + head.seq()
                  + " of epoch "
                  + head.epoch()
                  + ", which is not what the manifest says");
        }
        if (problems.isEmpty()
            && copy.foldsAlike()
            && !isSame(report.stateHash(), backup.getStateHash())) {
          problems.add("its tasks are not those of the manifest");
        }
      } catch (LogUnavailable e) {
        // As with its files: another backup is to be taken.
        problems.add("its store cannot be read: " + e.getMessage());
      }
    }
    return problems;
  }

  /// A store of an older version is not folded, and one that was made before an upgrade never was.
  static boolean isSame(String stateHash, String other) {
    return stateHash.isEmpty() || other.isEmpty() || stateHash.equals(other);
  }

  /// What a pruning did or would do.
  public static PruneBackupsResponse told(Retention.Plan plan) {
    var response = PruneBackupsResponse.newBuilder();
    plan.keep()
        .forEach((generation, why) ->
            response.addKept(
                PruneBackupsResponse.Kept.newBuilder()
                    .setGeneration(generation)
                    .setReason(why.name())));
    plan.prune().forEach(it -> response.addRemoved(it.name()));
    return response.build();
  }
}
