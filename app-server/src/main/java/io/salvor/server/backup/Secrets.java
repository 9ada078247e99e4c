package io.salvor.server.backup;

import io.salvor.offhost.RemoteFailed;
import io.salvor.offhost.Secret;
import io.salvor.server.config.BackupSettings;
import io.salvor.server.config.Home;
import io.salvor.v1.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files in a home's `secrets`, in and out of backups: sealed with a passphrase, or not at all.
///
/// @param passphrase where it is to be had; empty for none
public record Secrets(Home home, Optional<Secret> passphrase, Map<String, String> environment) {
  private static final String SEALED = "secrets.sealed";

  /// With the passphrase of the configuration, else of the environment, else none.
  public static Secrets of(
      Home home, Optional<Secret> configured, Map<String, String> environment) {
    Optional<Secret> usual =
        environment.containsKey(BackupSettings.PASSPHRASE)
            ? Optional.of(new Secret.Variable(BackupSettings.PASSPHRASE))
            : Optional.empty();
    return new Secrets(home, configured.or(() -> usual), environment);
  }

  /// Puts them into a backup that is being made, and says of those that it cannot that they are not
  /// in it.
  void collect(Path made, Backup.Builder manifest) throws IOException {
    SortedMap<String, byte[]> files = files(manifest);
    if (files.isEmpty()) {
      return;
    }
    if (passphrase.isEmpty()) {
      manifest.addNotCovered(
          "the files in "
              + home.secrets()
              + ", since no passphrase is set: "
              + String.join(", ", files.keySet()));
      return;
    }
    try {
      byte[] sealed = SealedSecrets.seal(files, read(passphrase.get()));
      Files.write(made.resolve(SEALED), sealed);
      manifest.setSealedSecrets(files.size());
    } catch (BackupFailed e) {
      // A backup without secrets is better than none.
      manifest.addNotCovered("the files in " + home.secrets() + ": " + e.getMessage());
    }
  }

  private String read(Secret secret) {
    try {
      return secret.read(environment);
    } catch (RemoteFailed e) {
      throw new BackupFailed("the passphrase: " + e.getMessage(), e.hint(), e);
    }
  }

  /// All but the passphrase itself, and but those that cannot be read: a backup without them is
  /// better than none.
  private SortedMap<String, byte[]> files(Backup.Builder manifest) {
    var files = new TreeMap<String, byte[]>();
    for (Path it : paths(manifest)) {
      boolean itself = passphrase.equals(Optional.of(new Secret.File(it)));
      boolean unfinished = it.getFileName().toString().startsWith(Vault.UNFINISHED);
      if (!itself && !unfinished) {
        try {
          files.put(home.secrets().relativize(it).toString(), Files.readAllBytes(it));
        } catch (IOException e) {
          manifest.addNotCovered(it + ": " + Disk.words(e));
        }
      }
    }
    return files;
  }

  private List<Path> paths(Backup.Builder manifest) {
    try {
      return Files.isDirectory(home.secrets()) ? Disk.filesThroughLinks(home.secrets()) : List.of();
    } catch (IOException e) {
      manifest.addNotCovered("the files in " + home.secrets() + ": " + Disk.words(e));
      return List.of();
    }
  }

  /// Opens those of a backup, which proves the passphrase; none where none are in it, or no
  /// passphrase is known.
  SortedMap<String, byte[]> open(Path place) throws IOException {
    Path sealed = place.resolve(SEALED);
    return Files.exists(sealed) && passphrase.isPresent()
        ? SealedSecrets.open(Files.readAllBytes(sealed), read(passphrase.get()))
        : new TreeMap<>();
  }

  /// Writes those that the home does not have; what it has is newer, and stays.
  ///
  /// @param notes what was left undone, for people
  void bringBack(Path place, List<String> notes) throws IOException {
    if (Files.exists(place.resolve(SEALED)) && passphrase.isEmpty()) {
      notes.add(
          "the secrets in the backup are sealed and were left there; with the passphrase in a file:"
              + " the same command with --passphrase-file FILE");
      return;
    }
    Disk.folder(home.secrets());
    for (Map.Entry<String, byte[]> it : open(place).entrySet()) {
      Path file = home.secrets().resolve(it.getKey()).normalize();
      if (file.startsWith(home.secrets())) {
        Disk.folder(Disk.parent(file));
        BroughtBack.write(file, it.getValue(), PosixFilePermissions.fromString("rw-------"));
      }
    }
  }
}
