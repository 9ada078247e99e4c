package io.salvor.server.backup;

import com.google.protobuf.util.Timestamps;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Lineages;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.backup.Segment;
import io.salvor.offhost.RemoteFolder;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupFile;
import io.salvor.v1.BackupTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/// Brings what is here to a place elsewhere, and removes there what is not kept. Any part of it may
/// be done again; what is there is never written over. For one thread.
final class Upload {
  private final Vault vault;
  private final Retention retention;

  /// Manifests of what is there and not here any more.
  private final Map<String, Backup> elsewhere = new TreeMap<>();

  Upload(Vault vault, Retention retention) {
    this.vault = vault;
    this.retention = retention;
  }

  /// A file to be brought.
  private record Piece(String name, Path file, String sha256) {}

  /// Does it: the furthest generation first, then the segments, then what is older.
  ///
  /// A file that is pruned here meanwhile ends it; the next doing does without it.
  ///
  /// @param progress told how many files are left
  /// @return what can be restored from there now
  BackupTarget.Builder run(RemoteFolder folder, IntConsumer progress) throws IOException {
    var remote = new Remote(folder, vault.key());
    List<Piece> pieces = missing(remote);
    int left = pieces.size();
    for (Piece it : pieces) {
      progress.accept(left--);
      remote.put(it.name(), it.file(), it.sha256());
    }
    progress.accept(0);
    return prune(remote);
  }

  private List<Piece> missing(Remote remote) throws IOException {
    var pieces = new ArrayList<Piece>();
    var older = new ArrayList<Piece>();
    for (Backup backup : vault.backups()) {
      if (backup.getProblemsCount() == 0
          && !remote.has(backup.getGeneration() + "/" + Vault.MANIFEST)) {
        generation(backup, pieces.isEmpty() ? pieces : older);
      }
    }
    SegmentFolder segments = vault.segments();
    for (Segment it : segments.all()) {
      String name = SegmentFolder.NAME + "/" + it.name();
      if (!it.damaged() && !remote.has(name)) {
        pieces.add(new Piece(name, segments.place(it), Disk.sha256(segments.place(it))));
      }
    }
    pieces.addAll(older);
    return pieces;
  }

  /// Files that an earlier, cut-off doing has brought are compared again.
  private void generation(Backup backup, List<Piece> pieces) throws IOException {
    Path place = vault.place(backup.getGeneration());
    Path manifest = place.resolve(Vault.MANIFEST);
    if (!Files.exists(manifest)) {
      return;
    }
    for (BackupFile file : backup.getFilesList()) {
      pieces.add(
          new Piece(
              backup.getGeneration() + "/" + file.getPath(),
              place.resolve(file.getPath()),
              file.getSha256()));
    }
    pieces.add(
        new Piece(backup.getGeneration() + "/" + Vault.MANIFEST, manifest, Disk.sha256(manifest)));
  }

  /// By what is there alone: what was lost here is not removed there.
  private BackupTarget.Builder prune(Remote remote) throws IOException {
    List<Generation> there = there(remote);
    Retention.Plan plan = retention.plan(there);
    plan.prune().forEach(it -> remote.removeGeneration(it.name()));
    for (String name : remote.unfinished()) {
      if (!Files.exists(vault.place(name))) { // it was pruned here on its way, and never counts
        remote.removeGeneration(name);
      }
    }
    List<Generation> kept =
        there.stream().filter(it -> plan.keep().containsKey(it.name())).toList();
    if (there.size() == remote.generations().size()) { // else nobody knows which one of them needs
      Retention.unneeded(kept, remote.segments()).forEach(remote::removeSegment);
    }
    return told(kept, remote.segments());
  }

  private List<Generation> there(Remote remote) throws IOException {
    var here = new TreeMap<String, Backup>();
    for (Backup it : vault.backups()) {
      if (!it.getLineage().isEmpty()) { // else its manifest cannot be read here; there it may
        here.put(it.getGeneration(), it);
      }
    }
    var there = new ArrayList<Generation>();
    for (String name : remote.generations()) {
      Optional<Backup> known =
          Optional.ofNullable(here.get(name)).or(() -> Optional.ofNullable(elsewhere.get(name)));
      if (known.isEmpty()) {
        known = remote.manifest(name);
        known.ifPresent(it -> elsewhere.put(name, it));
      }
      // What went bad here since is as it was there.
      known.ifPresent(it -> there.add(Vault.generation(it.toBuilder().clearProblems().build())));
    }
    return there;
  }

  private BackupTarget.Builder told(List<Generation> there, List<Segment> segments) {
    var target = BackupTarget.newBuilder();
    vault
        .lineages()
        .current()
        .map(Lineages.Known::lineage)
        .flatMap(it -> Reach.best(it, there, segments))
        .ifPresent(it ->
            target
                .setGeneration(it.from().name())
                .setLastSeq(it.seq())
                .setReachedTime(Timestamps.fromMillis(it.at().toEpochMilli())));
    return target;
  }
}
