package io.salvor.server.upkeep;

import io.salvor.server.config.UpkeepSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What agents wrote is kept for a time: compressed some time after an attempt's end, and removed
/// when it is old, or when it is too much in all; then the oldest goes first. What the log says of
/// an attempt stays for ever.
public final class RecorderKeeping {
  private static final Logger log = LoggerFactory.getLogger(RecorderKeeping.class);

  private static final List<String> COMPRESSED =
      List.of("stdout", "stderr", "prompt", "commands.log");
  private static final long NOT_WORTH_IT = 4_096;

  private final Path attempts;
  private final UpkeepSettings settings;
  private final BiPredicate<String, Integer> inUse;

  /// @param attempts the folder of the flight recorders
  /// @param inUse whether an attempt, by its task's id and its number, may still be going on
  public RecorderKeeping(
      Path attempts, UpkeepSettings settings, BiPredicate<String, Integer> inUse) {
    this.attempts = attempts;
    this.settings = settings;
    this.inUse = inUse;
  }

  /// What was done.
  public record Done(int compressed, int removed, long freedBytes) {}

  private record Recorder(Path folder, Instant last, long bytes) {}

  /// Looks through all recorders once.
  public Done runOnce(Instant now) throws IOException {
    int compressed = 0;
    int removed = 0;
    long freed = 0;
    var kept = new ArrayList<Recorder>();
    for (Path folder : ended()) {
      Recorder recorder = measured(folder);
      if (recorder.last().isBefore(now.minus(settings.keepOutput()))) {
        freed += recorder.bytes();
        removed++;
        remove(folder);
        continue;
      }
      if (recorder.last().isBefore(now.minus(settings.compressAfter())) && compress(folder)) {
        compressed++;
        Recorder smaller = measured(folder);
        freed += recorder.bytes() - smaller.bytes();
        recorder = smaller;
      }
      kept.add(recorder);
    }
    long all = kept.stream().mapToLong(Recorder::bytes).sum();
    kept.sort(Comparator.comparing(Recorder::last));
    for (Recorder oldest : kept) {
      if (all <= settings.mostOutputBytes()) {
        break;
      }
      all -= oldest.bytes();
      freed += oldest.bytes();
      removed++;
      remove(oldest.folder());
    }
    var done = new Done(compressed, removed, freed);
    if (compressed + removed > 0) {
      log.info(
          "flight recorders: {} compressed, {} removed, {} bytes freed",
          compressed,
          removed,
          freed);
    }
    return done;
  }

  private List<Path> ended() throws IOException {
    var found = new ArrayList<Path>();
    if (!Files.isDirectory(attempts)) {
      return found;
    }
    try (Stream<Path> tasks = Files.list(attempts)) {
      for (Path task : tasks.filter(Files::isDirectory).sorted().toList()) {
        try (Stream<Path> numbers = Files.list(task)) {
          numbers
              .filter(it -> it.getFileName().toString().matches("\\d{1,9}"))
              .filter(it ->
                  !inUse.test(
                      task.getFileName().toString(), Integer.parseInt(it.getFileName().toString())))
              .sorted()
              .forEach(found::add);
        }
      }
    }
    return found;
  }

  private static Recorder measured(Path folder) throws IOException {
    Instant last = Instant.EPOCH;
    long bytes = 0;
    for (Path file : files(folder)) {
      bytes += Files.size(file);
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      last = changed.isAfter(last) ? changed : last;
    }
    return new Recorder(folder, last, bytes);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static boolean compress(Path folder) throws IOException {
    boolean any = false;
    for (String name : COMPRESSED) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file) && Files.size(file) > NOT_WORTH_IT) {
        compressFile(file);
        any = true;
      }
    }
    return any;
  }

  /// The compressed file is whole before the other one goes; its time stays, since ages are counted
  /// from it.
  private static void compressFile(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    Path unfinished = file.resolveSibling(file.getFileName() + ".gz.new");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
      Files.copy(file, out);
    }
    Files.setLastModifiedTime(unfinished, time);
    Files.move(
        unfinished,
        file.resolveSibling(file.getFileName() + ".gz"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(file);
  }

  /// The folder of an attempt stays, empty, so that its number is never given again.
  private static void remove(Path folder) throws IOException {
    for (Path file : files(folder)) {
      Files.delete(file);
    }
  }
}
