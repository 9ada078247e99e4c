package io.salvor.server.backup;

import io.salvor.domain.backup.Generation;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.Segment;
import io.salvor.offhost.RemoteFailed;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Backups of a place elsewhere, as a vault here that is filled as it is needed: first with what is
/// there, by name; then with the files of what is taken. May be filled again and again.
final class Mirror implements Restoring.Supply {
  private final Remote remote;
  private final Vault vault;

  /// @param vault of the same key; nobody else's
  Mirror(Remote remote, Vault vault) {
    this.remote = remote;
    this.vault = vault;
  }

  /// Brings all manifests, and a file without bytes for each segment.
  void catalogue() {
    doing(() -> {
      Disk.folder(vault.folder());
      for (String generation : remote.generations()) {
        Path manifest = vault.place(generation).resolve(Vault.MANIFEST);
        if (!Files.exists(manifest)) {
          remote.fetch(generation + "/" + Vault.MANIFEST, manifest);
        }
      }
      SegmentFolder segments = vault.segments();
      Disk.folder(segments.folder());
      for (Segment it : remote.segments()) {
        if (!Files.exists(segments.place(it))) {
          Files.createFile(segments.place(it));
        }
      }
      // Which store came last is told by what was made last.
      vault.generations().stream()
          .sorted((one, other) -> one.at().compareTo(other.at()))
          .map(Generation::head)
          .filter(it -> !it.lineage().isEmpty()) // its manifest cannot be read
          .forEach(it -> vault.enter(it.lineage(), it.epoch()));
    });
  }

  @Override
  public void bring(Reach wanted) {
    bring(vault.backup(wanted.from().name()).orElseThrow());
    wanted.then().forEach(this::bring);
  }

  /// Brings a segment.
  void bring(Segment segment) {
    doing(() -> {
      Path file = vault.segments().place(segment);
      if (Files.size(file) == 0) {
        remote.fetch(SegmentFolder.NAME + "/" + segment.name(), file);
      }
    });
  }

  /// Brings the files of a generation. A manifest from elsewhere must not lead out of its folder.
  void bring(Backup backup) {
    doing(() -> {
      Path place = vault.place(backup.getGeneration());
      for (BackupFile it : backup.getFilesList()) {
        Path file = place.resolve(it.getPath()).normalize();
        if (!file.startsWith(place)) {
          throw new BackupFailed(
              backup.getGeneration() + " names a file outside of it: " + it.getPath(),
              "do not use this backup");
        }
        if (!Files.exists(file) || Files.size(file) != it.getBytes()) {
          remote.fetch(backup.getGeneration() + "/" + it.getPath(), file);
        }
      }
    });
  }

  /// Removes the bulk of a generation again, to save space.
  void drop(Backup backup) {
    doing(() -> {
      for (BackupFile it : backup.getFilesList()) {
        Files.deleteIfExists(vault.place(backup.getGeneration()).resolve(it.getPath()));
      }
    });
  }

  /// All that are there.
  List<Backup> backups() {
    return vault.backups();
  }

  private interface Doing {
    void run() throws IOException;
  }

  private static void doing(Doing doing) {
    try {
      doing.run();
    } catch (RemoteFailed e) {
      throw new BackupFailed(String.valueOf(e.getMessage()), e.hint(), e);
    } catch (IOException e) {
      throw new BackupFailed("cannot be fetched: " + e.getMessage(), "make room", e);
    }
  }
}
