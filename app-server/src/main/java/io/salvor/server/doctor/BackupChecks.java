package io.salvor.server.doctor;

import io.salvor.domain.journal.LogUnavailable;
import io.salvor.offhost.RemoteAddress;
import io.salvor.server.backup.TargetStates;
import io.salvor.server.backup.Vault;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreRefused;
import io.salvor.v1.Backup;
import io.salvor.v1.BackupTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether what there is could be had back.
final class BackupChecks {
  private static final Duration OLD = Duration.ofDays(2);
  private static final Result NONE =
      Result.fail("there is no verified backup", "salvor backup create");
  private static final Result NOTHING = Result.pass("there is nothing to back up yet");

  private BackupChecks() {}

  static List<Result> backups(Patient patient) throws IOException {
    Vault vault = patient.vault();
    List<Backup> all = vault.backups();
    var results = new ArrayList<Result>();
    Optional<Instant> last = vault.lastVerified();
    if (last.isEmpty()) {
      results.add(all.isEmpty() ? first(patient, vault) : NONE);
    } else if (last.get().isBefore(patient.now().minus(OLD)) && isMissed(patient, last.get())) {
      results.add(missed(patient, last.get()));
    } else {
      results.add(
          Result.pass(all.size() + " in " + vault.folder() + ", the last of " + last.get()));
    }
    long damaged = all.stream().filter(it -> it.getProblemsCount() > 0).count();
    if (damaged > 0) {
      results.add(
          Result.warn(damaged + " of them are damaged", "salvor backup verify  (names them)"));
    }
    int refused = vault.quarantined().size();
    if (refused > 0) {
      results.add(
          Result.warn(
              refused + " copies were refused, and are kept in " + vault.folder() + "/quarantine",
              "salvor store check"));
    }
    return results;
  }

  /// Where one is made by itself, an old one has it all as long as nothing is recorded.
  private static boolean isMissed(Patient patient, Instant last) throws IOException {
    Optional<Duration> every = patient.config().backup().every();
    if (every.isEmpty() || !patient.hasStore()) {
      return every.isEmpty();
    }
    try (var copy = StoreCopy.open(patient.database())) {
      return copy.lastAt().filter(it -> it.isAfter(last.plus(every.get()))).isPresent();
    } catch (LogUnavailable | StoreRefused | IllegalStateException e) {
      return false; // the checks of the store tell of it
    }
  }

  private static Result missed(Patient patient, Instant last) {
    return patient.config().backup().every().isEmpty()
        ? Result.warn(
            "the last one is of " + last + ", and none is made by itself",
            "salvor backup create  (and backup.every in config.toml)")
        : Result.fail(
            "the last one is of " + last + ", though more was recorded since",
            "salvor backup create  (says why none could be made)");
  }

  /// A store that cannot be read is told by the checks of the store.
  private static Result first(Patient patient, Vault vault) throws IOException {
    if (!patient.hasStore()) {
      return NOTHING;
    }
    try (var copy = StoreCopy.open(patient.database())) {
      Optional<Instant> server = patient.serverBegan();
      return copy.firstAt()
          .map(since ->
              new FirstBackup(
                      since,
                      patient.config().backup().every(),
                      server,
                      server.filter(vault::isMaking).isPresent(),
                      patient.now())
                  .judge())
          .orElse(NOTHING);
    } catch (LogUnavailable | StoreRefused | IllegalStateException e) {
      return NONE;
    }
  }

  /// Two disks are better than one; another host is better still.
  static List<Result> offHost(Patient patient) throws IOException {
    Map<String, RemoteAddress> targets = patient.config().backup().targets();
    if (targets.isEmpty()) {
      return List.of(disks(patient));
    }
    Vault vault = patient.vault();
    var places = new OffHostAge(vault.reach(), patient.now(), patient.serverRuns());
    var results = new ArrayList<Result>();
    targets.forEach((name, address) -> {
      BackupTarget known = new TargetStates(vault).of(name);
      boolean same = known.getAddress().equals(address.text());
      results.add(places.judge(name, same ? known : BackupTarget.getDefaultInstance()));
    });
    return results;
  }

  private static Result disks(Patient patient) throws IOException {
    Path folder = patient.vault().folder();
    while (!Files.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    Path home = patient.home().root();
    boolean sameDisk =
        Files.exists(home) && Files.getFileStore(home).equals(Files.getFileStore(folder));
    return sameDisk
        ? Result.warn(
            "the backups lie on the same disk as the home",
            "copy them elsewhere, see docs/backup.md; or backup.dir in config.toml")
        : Result.pass("the backups lie on another disk than the home");
  }
}
