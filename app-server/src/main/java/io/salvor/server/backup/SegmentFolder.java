package io.salvor.server.backup;

import io.salvor.domain.backup.Segment;
import io.salvor.records.LogStretch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The segments of one home's log, beside its generations: a file each, whose name says all that is
/// known of it, and which never changes once it is there.
///
/// @param folder need not be there
record SegmentFolder(Path folder) {
  static final String NAME = "segments";

  private static final String DAMAGED = ".damaged";

  /// All of them.
  List<Segment> all() throws IOException {
    var all = new ArrayList<Segment>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, "*.seg")) {
        for (Path it : files) {
          boolean damaged = Files.exists(mark(it));
          Segment.named(it.getFileName().toString(), damaged).ifPresent(all::add);
        }
      }
    }
    all.sort((one, other) -> one.name().compareTo(other.name()));
    return all;
  }

  /// Where one lies.
  Path place(Segment segment) {
    return folder.resolve(segment.name());
  }

  /// Publishes one in one step, when all of it is on the disk.
  void publish(Segment segment, byte[] bytes) throws IOException {
    Disk.folder(folder);
    Path unfinished = folder.resolve(Vault.UNFINISHED + segment.name());
    Files.write(unfinished, bytes);
    Disk.force(unfinished);
    Files.move(unfinished, place(segment), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    Disk.force(folder);
  }

  /// Reads one, and checks all that can be checked of it alone.
  ///
  /// @throws LogStretch.Unreadable where it is missing or not what was published
  LogStretch read(Segment segment) throws IOException, LogStretch.Unreadable {
    Path file = place(segment);
    LogStretch stretch =
        LogStretch.read(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
    if (!segment.name().equals(Shipper.segment(stretch, segment.at()).name())) {
      throw new LogStretch.Unreadable("it is another one than its name says");
    }
    return stretch;
  }

  /// What is wrong with one; none where it is as it was published. A file that the disk does not
  /// give is like one that is wrong.
  Optional<String> problem(Segment segment) {
    try {
      read(segment);
      return Optional.empty();
    } catch (LogStretch.Unreadable e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("it cannot be read: " + Disk.words(e));
    }
  }

  /// Marks one as damaged.
  void mark(Segment segment, String problem) throws IOException {
    Disk.write(mark(place(segment)), problem + "\n");
  }

  private static Path mark(Path file) {
    return file.resolveSibling(file.getFileName() + DAMAGED);
  }

  /// Takes the mark away where a segment is as it was published after all.
  void clear(Segment segment) throws IOException {
    Files.deleteIfExists(mark(place(segment)));
  }

  void remove(Segment segment) throws IOException {
    Files.deleteIfExists(place(segment));
    clear(segment);
  }

  /// Removes what was cut short. Only for who publishes: another's may be just about to be.
  void sweep() throws IOException {
    if (Files.isDirectory(folder)) {
      try (var leftovers = Files.newDirectoryStream(folder, Vault.UNFINISHED + "*")) {
        for (Path it : leftovers) {
          Files.deleteIfExists(it);
        }
      }
    }
  }
}
