package io.salvor.server.backup;

import com.google.protobuf.util.JsonFormat;
import io.salvor.v1.BackupTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How it stood with each place elsewhere when it was last tried: a file each beside the
/// generations, so that it can be told without a server.
///
/// @param vault of the home
public record TargetStates(Vault vault) {
  private static final String FOLDER = "targets";

  private Path folder() {
    return vault.folder().resolve(FOLDER);
  }

  /// All of them, by name.
  List<BackupTarget> all() {
    var all = new ArrayList<BackupTarget>();
    if (Files.isDirectory(folder())) {
      try (var files = Files.newDirectoryStream(folder(), "*.json")) {
        for (Path it : files) {
          all.add(read(it));
        }
      } catch (IOException e) {
        throw new BackupFailed("cannot read " + folder() + ": " + e.getMessage(), "", e);
      }
    }
    all.sort((one, other) -> one.getName().compareTo(other.getName()));
    return all;
  }

  /// One; nothing is known of it where it was never tried.
  public BackupTarget of(String name) {
    Path file = folder().resolve(name + ".json");
    return Files.exists(file) ? read(file) : BackupTarget.getDefaultInstance();
  }

  private static BackupTarget read(Path file) {
    var target = BackupTarget.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(Files.readString(file), target);
      return target.build();
    } catch (IOException e) {
      String name = file.getFileName().toString();
      return BackupTarget.newBuilder()
          .setName(name.substring(0, name.length() - ".json".length()))
          .setTrouble("its state cannot be read: " + Disk.words(e))
          .build();
    }
  }

  void write(BackupTarget target) {
    try {
      Disk.folder(folder());
      Disk.write(
          folder().resolve(target.getName() + ".json"), JsonFormat.printer().print(target) + "\n");
    } catch (IOException e) {
      throw new BackupFailed("cannot write in " + folder() + ": " + Disk.words(e), "", e);
    }
  }

  /// Forgets those that are not configured any more.
  void keepOnly(Iterable<String> names) {
    var kept = new ArrayList<String>();
    names.forEach(kept::add);
    for (BackupTarget it : all()) {
      if (!kept.contains(it.getName())) {
        try {
          Files.deleteIfExists(folder().resolve(it.getName() + ".json"));
        } catch (IOException e) {
          throw new BackupFailed("cannot write in " + folder() + ": " + e.getMessage(), "", e);
        }
      }
    }
  }
}
