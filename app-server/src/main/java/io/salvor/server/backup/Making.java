package io.salvor.server.backup;

import com.google.protobuf.util.Timestamps;
import io.salvor.domain.backup.Admission;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.Segment;
import io.salvor.server.config.Home;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes a generation: a copy of the store that is read again, judged, and published with what a
/// home has beside it. One at a time for each vault.
final class Making {
  private static final long SPARE_BYTES = 64L << 20;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> NEVER_COVERED =
      List.of(
          "changes in workspaces since their last snapshot",
          "what agents wrote (flight recorders) and the server's logs",
          "the token of the API: a new one is made");

  private final Home home;
  private final Secrets secrets;
  private final Vault vault;
  private final String version;
  private final Work work;

  /// @param version of this program
  Making(Home home, Secrets secrets, Vault vault, String version) {
    this.home = home;
    this.secrets = secrets;
    this.vault = vault;
    this.version = version;
    this.work = Work.with(home);
  }

  /// What came of it.
  sealed interface Result {
    /// There is a new one.
    record Published(Backup backup) implements Result {}

    /// The copy was worse than what there is, and was kept aside.
    record Refused(Admission.Reason reason, String detail) implements Result {}
  }

  /// What a copy must not be worse than. Listed before it is made: what is written down of the log
  /// meanwhile may go further than it does.
  private record Bar(List<Generation> there, List<Segment> segments) {}

  /// Makes one. What does not come to an end leaves nothing.
  ///
  /// @param copying copies the store, as it is at one moment after `now`, to where nothing is
  Result make(Instant now, Consumer<Path> copying) throws IOException, InterruptedException {
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    String name = NAME.format(at);
    var bar = new Bar(vault.generations(), vault.segments().all());
    Path made = vault.begin(name);
    try {
      requireSpace(made);
      copying.accept(made.resolve(Vault.STORE));
      return examined(made, name, at, bar);
    } finally {
      Disk.remove(made);
    }
  }

  private Result examined(Path made, String name, Instant at, Bar bar)
      throws IOException, InterruptedException {
    try (var opened = StoreCopy.open(made.resolve(Vault.STORE))) {
      StoreCopy.Report report = opened.examine();
      Head head = report.contents().head();
      Optional<String> idAtBest =
          report.problems().isEmpty()
              ? Reach.best(head.lineage(), bar.there(), bar.segments())
                  .flatMap(it -> opened.idAt(it.seq()))
              : Optional.empty();
      var candidate = new Admission.Candidate(head, report.problems(), idAtBest);
      return switch (Admission.judge(candidate, vault.lineages(), bar.there(), bar.segments())) {
        case Admission.Ruling.Refused(var reason, var detail) -> {
          vault.quarantine(made, reason + "-" + head.lineage());
          yield new Result.Refused(reason, detail);
        }
        case Admission.Ruling.Admitted _ ->
            new Result.Published(publish(made, manifest(name, at, report), opened));
      };
    }
  }

  /// The disk may be the one that the store lies on: a backup must not fill it.
  private void requireSpace(Path folder) throws IOException {
    long needed = 2 * StoreFiles.in(home.root()).bytes() + SPARE_BYTES;
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < needed) {
      throw new BackupFailed(
          folder + " has " + (free >> 20) + " MiB left, but " + (needed >> 20) + " are needed",
          "make room, or name another place: backup.dir in config.toml");
    }
  }

  private Backup.Builder manifest(String name, Instant at, StoreCopy.Report report) {
    StoreCopy.Contents contents = report.contents();
    return Backup.newBuilder()
        .setGeneration(name)
        .setLineage(contents.head().lineage())
        .setStoreEpoch(contents.head().epoch())
        .setLastSeq(contents.head().seq())
        .setLastId(contents.head().id())
        .setCreateTime(Timestamps.fromMillis(at.toEpochMilli()))
        .setSalvorVersion(version)
        .setStoreVersion(contents.schema())
        .setTasks(contents.tasks())
        .setDocuments(contents.documents())
        .setStateHash(report.stateHash())
        .setHome(home.root().toString())
        .addAllNotCovered(NEVER_COVERED);
  }

  private Backup publish(Path made, Backup.Builder manifest, StoreCopy copy)
      throws IOException, InterruptedException {
    for (Path file : List.of(home.config(), home.root().resolve(Identity.FILE))) {
      if (Files.exists(file)) {
        Files.copy(file, made.resolve(file.getFileName()));
      }
    }
    Optional<Map.Entry<Backup, Path>> before =
        vault.backups().stream()
            .filter(it -> it.getLineage().equals(manifest.getLineage()))
            .filter(it -> it.getProblemsCount() == 0)
            .findFirst()
            .map(it -> Map.entry(it, vault.place(it.getGeneration())));
    secrets.collect(made, manifest);
    work.collect(copy.unmerged(), made, manifest, before);
    return vault.publish(made, manifest.build());
  }
}
