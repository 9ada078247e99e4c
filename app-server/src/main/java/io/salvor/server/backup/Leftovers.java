package io.salvor.server.backup;

import io.salvor.server.config.Home;
import io.salvor.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What restores, repairs and backups leave behind: unfinished copies that nobody needs, and what
/// was moved aside so that nothing is lost.
public final class Leftovers {
  private static final List<String> UNFINISHED = List.of(".restoring", ".repairing");

  private final Home home;
  private final Vault vault;

  public Leftovers(Home home, Vault vault) {
    this.home = home;
    this.vault = vault;
  }

  /// Copies that were not finished; to be asked while no server runs. None of a home whose store is
  /// gone: they say what became of it.
  public List<Path> unfinished() throws IOException {
    var found = new ArrayList<Path>();
    for (String name : UNFINISHED) {
      if (hasStore() && Files.isDirectory(home.root().resolve(name))) {
        found.add(home.root().resolve(name));
      }
    }
    if (Files.isDirectory(vault.folder())) {
      try (var all = Files.newDirectoryStream(vault.folder(), Vault.UNFINISHED + "*")) {
        all.forEach(found::add);
      }
    }
    found.sort(null);
    return found;
  }

  private boolean hasStore() {
    return Files.exists(StoreFiles.in(home.root()).database());
  }

  /// Stores and flight recorders that something else took the place of; none where nothing did.
  public List<Path> movedAside() throws IOException {
    var found = new ArrayList<Path>();
    for (Path it : hasStore() ? Disk.folders(home.root()) : List.<Path>of()) {
      if (it.getFileName().toString().matches("(store|attempts)\\.aside-\\d+")) {
        found.add(it);
      }
    }
    return found;
  }

  /// What a folder takes on the disk.
  public long bytes(Path folder) throws IOException {
    long bytes = 0;
    for (Path file : Disk.files(folder)) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  /// Removes an unfinished copy.
  public void remove(Path unfinished) throws IOException {
    Disk.remove(unfinished);
  }
}
