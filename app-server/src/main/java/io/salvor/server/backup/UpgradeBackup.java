package io.salvor.server.backup;

import com.google.protobuf.util.Timestamps;
import io.salvor.domain.backup.Admission;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A verified copy of a store that an older Salvor wrote, made before this one touches it: what a
/// rollback restores. To be asked under the home's lock, before the store is opened.
public final class UpgradeBackup {
  private static final Logger log = LoggerFactory.getLogger(UpgradeBackup.class);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final Home home;
  private final Vault vault;
  private final InstantSource clock;
  private final String version;

  /// @param version of this program
  public UpgradeBackup(Home home, Vault vault, InstantSource clock, String version) {
    this.home = home;
    this.vault = vault;
    this.clock = clock;
    this.version = version;
  }

  /// Makes one where the store is older than this program.
  ///
  /// @return empty where none is needed, or where there is one already
  /// @throws BackupFailed where the store is not sound: it is not brought up to date then
  public Optional<Backup> make() throws IOException {
    Path database = StoreFiles.in(home.root()).database();
    if (!Files.exists(database) || Files.size(database) == 0) {
      return Optional.empty();
    }
    try (var copy = StoreCopy.open(StoreFiles.in(home.root()))) {
      int schema = copy.schema();
      if (schema == 0 || schema >= SqliteStore.VERSION || isThere(copy.head())) {
        return Optional.empty();
      }
      log.info("the store has version {}; it is backed up before it is brought up to date", schema);
      vault.sweep();
      if (vault.lineages().current().isEmpty()) {
        vault.enter(copy.head().lineage(), copy.head().epoch());
      }
      Path made = vault.begin(NAME.format(clock.instant()));
      copy.copyTo(made.resolve(Vault.STORE));
      return Optional.of(publish(made));
    }
  }

  private boolean isThere(Head head) {
    return Generation.best(head.lineage(), vault.generations())
        .filter(it -> it.head().equals(head))
        .isPresent();
  }

  private Backup publish(Path made) throws IOException {
    try (var copy = StoreCopy.open(made.resolve(Vault.STORE))) {
      StoreCopy.Report report = copy.examine();
      Head head = report.contents().head();
      List<Generation> there = vault.generations();
      Optional<String> idAtBest =
          report.problems().isEmpty()
              ? Generation.best(head.lineage(), there).flatMap(it -> copy.idAt(it.head().seq()))
              : Optional.empty();
      var candidate = new Admission.Candidate(head, report.problems(), idAtBest);
      if (Admission.judge(candidate, vault.lineages(), there)
          instanceof Admission.Ruling.Refused(var reason, var detail)) {
        vault.quarantine(made, reason + "-" + head.lineage() + "-" + head.seq());
        throw new BackupFailed(
            "the store is not brought up to date, since it could not be backed up before: "
                + detail,
            StoreMark.REPAIR);
      }
      var manifest = manifest(made.getFileName().toString(), report);
      for (Path file : List.of(home.config(), home.root().resolve(Identity.FILE))) {
        if (Files.exists(file)) {
          Files.copy(file, made.resolve(file.getFileName()));
        }
      }
      Work.with(home).collect(copy.unmerged(), made, manifest, Optional.empty());
      Backup published = vault.publish(made, manifest.build());
      log.info("backup {} verified, before the upgrade", published.getGeneration());
      return published;
    }
  }

  private Backup.Builder manifest(String folder, StoreCopy.Report report) {
    StoreCopy.Contents contents = report.contents();
    return Backup.newBuilder()
        .setGeneration(folder.substring(Vault.UNFINISHED.length()))
        .setLineage(contents.head().lineage())
        .setStoreEpoch(contents.head().epoch())
        .setLastSeq(contents.head().seq())
        .setLastId(contents.head().id())
        .setCreateTime(Timestamps.fromMillis(clock.instant().toEpochMilli()))
        .setSalvorVersion(version)
        .setStoreVersion(contents.schema())
        .setTasks(contents.tasks())
        .setDocuments(contents.documents())
        .setStateHash(report.stateHash())
        .setHome(home.root().toString())
        .addNotCovered(
            "what agents wrote, and what is not yet in a snapshot: an upgrade leaves it");
  }
}
