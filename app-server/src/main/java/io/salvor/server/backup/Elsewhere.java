package io.salvor.server.backup;

import io.salvor.domain.backup.Segment;
import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.RemoteFailed;
import io.salvor.offhost.RemoteFolder;
import io.salvor.server.config.Home;
import io.salvor.v1.Backup;
import io.salvor.v1.ListBackupsResponse;
import io.salvor.v1.VerifyBackupsResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A place elsewhere, asked from a machine that need have nothing but its address.
final class Elsewhere implements AutoCloseable {
  private static final String FETCHED = "fetched";

  private final RemoteAddress address;
  private final RemoteFolder folder;

  private Elsewhere(RemoteAddress address, RemoteFolder folder) {
    this.address = address;
    this.folder = folder;
  }

  /// @param target a name in the configuration, or an address
  static Elsewhere open(
      String target, Map<String, RemoteAddress> configured, Map<String, String> environment) {
    RemoteAddress address = address(target, configured, environment);
    return new Elsewhere(address, asking(() -> address.open(environment)));
  }

  private static RemoteAddress address(
      String target, Map<String, RemoteAddress> configured, Map<String, String> environment) {
    Optional<RemoteAddress> named = Optional.ofNullable(configured.get(target));
    if (named.isPresent()) {
      return named.get();
    }
    if (RemoteAddress.isOne(target)) {
      return RemoteAddress.of(target, environment);
    }
    throw new IllegalArgumentException(
        "no target is called "
            + target
            + (configured.isEmpty() ? "" : "; there are " + String.join(", ", configured.keySet()))
            + ". An address will do as well"
            + RemoteAddress.FORMS);
  }

  /// Where it is, without secrets.
  String address() {
    return address.text();
  }

  /// The key whose backups are meant: the one that is named, the home's own, or the only one.
  private String key(Optional<String> named, Vault own) {
    List<String> keys = asking(() -> Remote.keys(folder));
    String wanted = named.orElse(own.key());
    if (keys.contains(wanted)) {
      return wanted;
    }
    if (named.isEmpty() && keys.size() == 1) {
      return keys.getFirst();
    }
    throw new BackupFailed(
        keys.isEmpty()
            ? "there are no backups at " + address.text()
            : "there are no backups of "
                + wanted
                + " at "
                + address.text()
                + ", but of "
                + String.join(", ", keys),
        keys.isEmpty() ? "" : "--key " + keys.getFirst());
  }

  /// What is there, told as if it were here.
  ///
  /// @param all of every home
  ListBackupsResponse list(Optional<String> key, Vault own, boolean all) throws IOException {
    List<String> keys = all ? asking(() -> Remote.keys(folder)) : List.of(key(key, own));
    var response = ListBackupsResponse.newBuilder().setDirectory(address.text());
    Path scratch = Files.createTempDirectory("salvor-list-");
    try {
      for (String it : keys) {
        mirror(it, scratch).catalogue();
        response.addAllBackups(BackupLists.reaching(new Vault(scratch.resolve(it))));
      }
      return response.build();
    } finally {
      Disk.remove(scratch);
    }
  }

  private Mirror mirror(String key, Path into) {
    return new Mirror(asking(() -> new Remote(folder, key)), new Vault(into.resolve(key)));
  }

  /// Fetches one after the other and reads all of it.
  VerifyBackupsResponse verify(Optional<String> generation, Optional<String> key, Vault own)
      throws IOException {
    Path scratch = Files.createTempDirectory("salvor-verify-");
    try {
      String wanted = key(key, own);
      Mirror mirror = mirror(wanted, scratch);
      mirror.catalogue();
      var found = new Verification();
      var vault = new Vault(scratch.resolve(wanted));
      List<Backup> backups = new ArrayList<>(mirror.backups());
      backups.removeIf(
          it -> generation.filter(name -> !name.equals(it.getGeneration())).isPresent());
      if (backups.isEmpty() && generation.isPresent()) {
        throw new NoSuchBackup(generation.get(), "salvor backup list --from " + address.text());
      }
      for (Backup backup : backups) {
        mirror.bring(backup);
        found.add(backup, BackupLists.problems(vault, backup));
        mirror.drop(backup);
      }
      for (Segment it : vault.following(BackupLists.generations(backups))) {
        mirror.bring(it);
        found.add(it, vault.segments().problem(it));
        vault.segments().remove(it);
      }
      return found.told();
    } finally {
      Disk.remove(scratch);
    }
  }

  /// What a restore takes from there: a vault in the home that is filled as it is needed.
  record Taken(Vault vault, Restoring.Supply supply) {}

  /// Fetches what is there, by name.
  Taken take(Home home, Optional<String> key, Vault own) throws IOException {
    String wanted = key(key, own);
    Path place =
        Disk.folder(cache(home).resolve(BackupPlaces.sha256(address.toString()).substring(0, 12)));
    Mirror mirror = mirror(wanted, place);
    mirror.catalogue();
    return new Taken(new Vault(place.resolve(wanted)), mirror);
  }

  /// Where a home keeps what was fetched for a restore until that is done.
  static Path cache(Home home) {
    return home.root().resolve(FETCHED);
  }

  private interface Asking<T> {
    T ask();
  }

  private static <T> T asking(Asking<T> asking) {
    try {
      return asking.ask();
    } catch (RemoteFailed e) {
      throw new BackupFailed(String.valueOf(e.getMessage()), e.hint(), e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
