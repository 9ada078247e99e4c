package io.salvor.server.backup;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.Lineages;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.RestorePlan;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.backup.Segment;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupDrill;
import io.salvor.v1.BackupFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The backups of one home: a folder for each generation, which never changes once it is there.
/// Written to only by who holds the home's lock; read by anybody.
///
/// @param folder need not be there
public record Vault(Path folder) {
  static final String LINEAGES = "lineages";
  static final String MANIFEST = "manifest.json";
  static final String STORE = "store.db";

  /// What begins so is not finished, or is being removed.
  static final String UNFINISHED = ".new-";

  private static final Pattern LINEAGE = Pattern.compile("\\S+ \\d{1,18}");
  private static final String DAMAGED = "damaged";
  private static final String DRILL = "drill.json";
  private static final String QUARANTINE = "quarantine";

  /// The folder's name.
  public String key() {
    return folder.getFileName().toString();
  }

  /// All generations with a manifest that can be read.
  public List<Backup> backups() {
    return asking(() -> {
      var all = new ArrayList<Backup>();
      for (Path it : Disk.folders(folder)) {
        if (Files.exists(it.resolve(MANIFEST))) {
          all.add(read(it));
        }
      }
      all.sort((one, other) -> Generation.BY_WORTH.compare(generation(other), generation(one)));
      return all;
    });
  }

  /// The same as the policy sees them.
  List<Generation> generations() {
    return backups().stream().map(Vault::generation).toList();
  }

  /// One of them.
  public Optional<Backup> backup(String generation) {
    return backups().stream().filter(it -> it.getGeneration().equals(generation)).findFirst();
  }

  /// What cannot be read of one must not hide the others.
  private Backup read(Path generation) {
    var backup = Backup.newBuilder();
    try {
      merge(generation.resolve(MANIFEST), backup);
    } catch (IOException e) {
      backup.clear().addProblems("the manifest cannot be read: " + Disk.words(e));
    }
    backup.setGeneration(generation.getFileName().toString()).setKey(key());
    Path damaged = generation.resolve(DAMAGED);
    if (Files.exists(damaged)) {
      try {
        backup.addAllProblems(Files.readAllLines(damaged));
      } catch (IOException e) {
        backup.addProblems("it was found damaged; what was, cannot be read: " + Disk.words(e));
      }
    }
    Path drill = generation.resolve(DRILL);
    if (Files.exists(drill)) {
      try {
        merge(drill, backup.getLastDrillBuilder());
      } catch (IOException e) {
        backup.clearLastDrill();
      }
    }
    return backup.build();
  }

  private static void merge(Path file, Message.Builder message) throws IOException {
    JsonFormat.parser().ignoringUnknownFields().merge(Files.readString(file), message);
  }

  static Generation generation(Backup backup) {
    return new Generation(
        backup.getGeneration(),
        new Head(
            backup.getLineage(), backup.getStoreEpoch(), backup.getLastSeq(), backup.getLastId()),
        instant(backup),
        backup.getProblemsCount() > 0);
  }

  static Instant instant(Backup backup) {
    return Instant.ofEpochSecond(
        backup.getCreateTime().getSeconds(), backup.getCreateTime().getNanos());
  }

  /// The stores that the home has had.
  Lineages lineages() {
    return asking(() -> {
      Path file = folder.resolve(LINEAGES);
      Lineages known = Lineages.NONE;
      if (Files.exists(file)) {
        // A byte that is no text is read as some character, and makes the line none of Salvor's.
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
          if (!LINEAGE.matcher(line).matches()) {
            throw Disk.notOurs(file, "has a line that is none of Salvor's: " + line);
          }
          String[] words = line.split(" ", -1);
          known = known.entering(words[0], Long.parseLong(words[1]));
        }
      }
      return known;
    });
  }

  /// Says which store the home has from now on.
  void enter(String lineage, long epoch) {
    asking(() -> {
      Disk.folder(folder);
      var text = new StringBuilder();
      for (Lineages.Known it : lineages().entering(lineage, epoch).all()) {
        text.append(it.lineage()).append(' ').append(it.epoch()).append('\n');
      }
      Disk.write(folder.resolve(LINEAGES), text.toString());
      return folder;
    });
  }

  /// What was written down of the log between them.
  SegmentFolder segments() {
    return new SegmentFolder(folder.resolve(SegmentFolder.NAME));
  }

  /// All segments, by what their names say.
  List<Segment> shipped() {
    return asking(() -> segments().all());
  }

  /// Those with records that one of these does not have; also the damaged ones.
  List<Segment> following(Generation... from) {
    return shipped().stream().filter(it -> Reach.needs(List.of(from), it)).toList();
  }

  /// All that there is to restore, as the policy sees it.
  RestorePlan.Stock stock() {
    return new RestorePlan.Stock(generations(), shipped(), lineages());
  }

  /// The last record that can be restored from here; 0 for none.
  public long reach() {
    RestorePlan.Stock stock = stock();
    return stock
        .lineages()
        .current()
        .flatMap(it -> Reach.best(it.lineage(), stock.generations(), stock.segments()))
        .map(Reach::seq)
        .orElse(0L);
  }

  /// A folder to make a generation in.
  Path begin(String generation) throws IOException {
    Disk.folder(folder);
    return Disk.folder(folder.resolve(UNFINISHED + generation));
  }

  /// Whether a generation is unfinished that was begun since then.
  public boolean isMaking(Instant since) {
    return asking(() -> {
      if (Files.isDirectory(folder)) {
        try (var unfinished = Files.newDirectoryStream(folder, UNFINISHED + "2*")) {
          for (Path it : unfinished) {
            if (!Files.getLastModifiedTime(it).toInstant().isBefore(since)) {
              return true;
            }
          }
        }
      }
      return false;
    });
  }

  /// Removes what was cut short of generations; of segments, who writes them does.
  void sweep() {
    asking(() -> {
      if (Files.isDirectory(folder)) {
        try (var leftovers = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
          for (Path it : leftovers) {
            Disk.remove(it);
          }
        }
      }
      return folder;
    });
  }

  /// Publishes what was made, in one step, when all of it is on the disk.
  ///
  /// @param manifest without its files
  Backup publish(Path made, Backup manifest) throws IOException {
    var whole = manifest.toBuilder();
    for (Path file : Disk.files(made)) {
      whole.addFiles(
          BackupFile.newBuilder()
              .setPath(made.relativize(file).toString())
              .setBytes(Files.size(file))
              .setSha256(Disk.sha256(file)));
    }
    Files.writeString(made.resolve(MANIFEST), JsonFormat.printer().print(whole) + "\n");
    Disk.forceAll(made);
    Disk.moveFolder(made, folder.resolve(manifest.getGeneration()));
    return whole.setKey(key()).build();
  }

  /// Keeps a copy aside that must not count.
  ///
  /// @param as says why: of those with the same reason, the first is kept
  void quarantine(Path made, String as) throws IOException {
    Path place = Disk.folder(folder.resolve(QUARANTINE)).resolve(as);
    if (Files.exists(place)) {
      Disk.remove(made);
    } else {
      Disk.moveFolder(made, place);
    }
  }

  /// Copies that were refused and kept aside.
  public List<Path> quarantined() {
    return asking(() -> Disk.folders(folder.resolve(QUARANTINE)));
  }

  /// The folder of a generation.
  Path place(String generation) {
    return folder.resolve(generation);
  }

  /// What is wrong with a generation's files; none where all are as they were published.
  List<String> problems(Backup backup) {
    return asking(() -> {
      var problems = new ArrayList<String>();
      if (backup.getFilesCount() == 0) {
        problems.add("the manifest names no files");
      }
      for (BackupFile file : backup.getFilesList()) {
        problem(backup, file).ifPresent(problems::add);
      }
      return problems;
    });
  }

  /// A file that the disk does not give is like one that is wrong: another backup is to be taken.
  private Optional<String> problem(Backup backup, BackupFile file) {
    Path path = place(backup.getGeneration()).resolve(file.getPath()).normalize();
    if (!path.startsWith(folder) || !Files.isRegularFile(path)) {
      return Optional.of(file.getPath() + " is missing");
    }
    try {
      boolean same =
          Files.size(path) == file.getBytes() && Disk.sha256(path).equals(file.getSha256());
      return same ? Optional.empty() : Optional.of(file.getPath() + " is not what was published");
    } catch (IOException e) {
      return Optional.of(file.getPath() + " cannot be read: " + Disk.words(e));
    }
  }

  /// Marks a generation as damaged, or as sound.
  void mark(Backup backup, List<String> problems) {
    asking(() -> {
      Path mark = place(backup.getGeneration()).resolve(DAMAGED);
      if (problems.isEmpty()) {
        Files.deleteIfExists(mark);
      } else {
        Disk.write(mark, String.join("\n", problems) + "\n");
      }
      return mark;
    });
  }

  /// The same for a segment, unless it was removed meanwhile.
  void mark(Segment segment, Optional<String> problem) {
    asking(() -> {
      SegmentFolder all = segments();
      if (problem.isEmpty()) {
        all.clear(segment);
      } else if (Files.exists(all.place(segment))) {
        all.mark(segment, problem.get());
      }
      return all;
    });
  }

  void drilled(BackupDrill drill) {
    asking(() -> {
      Path file = place(drill.getGeneration()).resolve(DRILL);
      Disk.write(file, JsonFormat.printer().print(drill) + "\n");
      return file;
    });
  }

  /// Removes what the retention does not keep, and the segments that none needs of those that stay.
  Retention.Plan prune(Retention retention, boolean onlySay) {
    return asking(() -> {
      List<Generation> all = generations();
      Retention.Plan plan = retention.plan(all);
      if (!onlySay) {
        for (Generation it : plan.prune()) {
          Disk.remove(place(it.name()));
        }
        removeSegments(all.stream().filter(it -> plan.keep().containsKey(it.name())).toList());
      }
      return plan;
    });
  }

  /// None, where a manifest cannot be read for now: nobody knows which its generation needs.
  private void removeSegments(List<Generation> kept) throws IOException {
    if (kept.stream().anyMatch(it -> it.head().lineage().isEmpty())) {
      return;
    }
    for (Segment it : Retention.unneeded(kept, segments().all())) {
      segments().remove(it);
    }
  }

  /// When the last one that is sound was made; empty for none.
  public Optional<Instant> lastVerified() {
    return backups().stream()
        .filter(it -> it.getProblemsCount() == 0)
        .max((one, other) -> Timestamps.compare(one.getCreateTime(), other.getCreateTime()))
        .map(Vault::instant);
  }

  private interface Asking<T> {
    T ask() throws IOException;
  }

  private <T> T asking(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (IOException e) {
      throw new BackupFailed(
          "the backups in " + folder + " cannot be read or written: " + Disk.words(e),
          "make it a folder that you may write to, with space left",
          e);
    }
  }
}
