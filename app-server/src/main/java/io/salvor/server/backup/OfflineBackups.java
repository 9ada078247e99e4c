package io.salvor.server.backup;

import io.salvor.domain.access.Actor;
import io.salvor.domain.backup.Lineages;
import io.salvor.domain.backup.RestorePlan.Target;
import io.salvor.server.config.BackupSettings;
import io.salvor.server.config.Home;
import io.salvor.sqlite.HomeLock;
import io.salvor.v1.BackupDrill;
import io.salvor.v1.ListBackupsResponse;
import io.salvor.v1.PruneBackupsResponse;
import io.salvor.v1.RestoreReport;
import io.salvor.v1.VerifyBackupsResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can be done about a home's backups while no server runs on it; and what can be asked, while
/// one does.
public final class OfflineBackups implements AutoCloseable {
  private final Home home;
  private final BackupSettings settings;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Optional<String> key;
  private final Optional<Elsewhere> elsewhere;
  private final Vault own;
  private final Vault local;
  private final BackupLists lists;

  /// Which backups are meant.
  ///
  /// @param key of a home; empty for the home's own
  /// @param from a place elsewhere, by its name in the configuration or its address; empty for here
  public record Whose(Optional<String> key, Optional<String> from) {}

  /// @throws BackupFailed where the place elsewhere cannot be reached
  public OfflineBackups(
      Home home,
      BackupSettings settings,
      Whose whose,
      Map<String, String> environment,
      InstantSource clock) {
    this.home = home;
    this.settings = settings;
    this.environment = environment;
    this.clock = clock;
    this.key = whose.key();
    var places = BackupPlaces.of(settings.directory(), environment);
    this.own = places.of(home);
    this.local = key.map(places::ofKey).orElse(own);
    this.lists = new BackupLists(places, local);
    this.elsewhere = whose.from().map(it -> Elsewhere.open(it, settings.targets(), environment));
  }

  /// Those that there are.
  public ListBackupsResponse list(boolean all) throws IOException {
    return elsewhere.isPresent() ? elsewhere.get().list(key, own, all) : lists.list(all);
  }

  /// Reads all bytes of one or of all.
  public VerifyBackupsResponse verify(Optional<String> generation) throws IOException {
    return elsewhere.isPresent()
        ? elsewhere.get().verify(generation, key, own)
        : lists.verify(generation);
  }

  /// Removes what is not kept here.
  public PruneBackupsResponse prune(boolean onlySay) throws IOException {
    try (HomeLock _ = Unserved.lock(home, clock)) {
      return BackupLists.told(local.prune(settings.retention(), onlySay));
    }
  }

  /// What a restore will do that is about to be done: what is fetched for it stays until then.
  ///
  /// @param to as it stands on a command line; empty for the latest
  public RestoreReport plan(Optional<String> to) throws IOException {
    home.create();
    try (HomeLock _ = Unserved.lock(home, clock)) {
      return plan(to, taken(home));
    }
  }

  /// What a restore would do; a server may run meanwhile, and no home is made.
  ///
  /// @param to as it stands on a command line; empty for the latest
  public RestoreReport look(Optional<String> to) throws IOException, InterruptedException {
    return inScratch(taken -> plan(to, taken));
  }

  private RestoreReport plan(Optional<String> to, Elsewhere.Taken taken) {
    return restoring(taken).plan(target(to, taken.vault()), had()).report();
  }

  /// What the home itself knows of its stores: more than a place elsewhere may, which was not
  /// reached for a while. A file that cannot be read keeps nobody from restoring.
  private Lineages had() {
    Lineages known = own.lineages();
    try {
      return Identity.of(home).map(it -> known.entering(it.lineage(), it.epoch())).orElse(known);
    } catch (IOException | BackupFailed e) {
      return known;
    }
  }

  /// Restores. What the home has now and no backup has is backed up first, where it can be read.
  ///
  /// @param to as it stands on a command line; empty for the latest
  public RestoreReport restore(Optional<String> to, Actor actor)
      throws IOException, InterruptedException {
    home.create();
    try (HomeLock _ = Unserved.lock(home, clock)) {
      Elsewhere.Taken taken = taken(home);
      var restoring = restoring(taken);
      Restoring.Step step = restoring.plan(target(to, taken.vault()), had());
      var secrets = Secrets.of(home, settings.passphrase(), environment);
      Optional<String> before = new BackupFirst(home, own, secrets, clock).make();
      var beside = new Restoring.Beside(Work.with(home), secrets, own);
      RestoreReport report = restoring.restore(step, actor, Optional.of(beside));
      Disk.remove(Elsewhere.cache(home));
      return report.toBuilder().setBackedUpFirst(before.orElse("")).build();
    }
  }

  /// @param fetcher the home that keeps what is fetched
  private Elsewhere.Taken taken(Home fetcher) throws IOException {
    return elsewhere.isPresent()
        ? elsewhere.get().take(fetcher, key, own)
        : new Elsewhere.Taken(local, Restoring.Supply.LOCAL);
  }

  private Restoring restoring(Elsewhere.Taken taken) {
    return new Restoring(home, taken.vault(), clock, taken.supply());
  }

  private static Target target(Optional<String> to, Vault vault) {
    return Restoring.target(to.orElse(""), vault.generations());
  }

  /// Rehearses a restore; a server may run meanwhile. What lies elsewhere is fetched for it, and
  /// nothing of that stays.
  ///
  /// @param server the command that runs one
  public BackupDrill drill(Optional<String> to, List<String> server)
      throws IOException, InterruptedException {
    return inScratch(taken -> {
      Target target = target(to, taken.vault());
      BackupDrill drill = new Drill(taken.vault(), server, clock, taken.supply()).run(target);
      String from = elsewhere.map(Elsewhere::address).orElse("");
      return drill.toBuilder().setFrom(from).build();
    });
  }

  private interface Trying<T> {
    T with(Elsewhere.Taken taken) throws IOException, InterruptedException;
  }

  private <T> T inScratch(Trying<T> trying) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("salvor-fetched-");
    try {
      return trying.with(taken(new Home(scratch)));
    } finally {
      Disk.remove(scratch);
    }
  }

  @Override
  public void close() {
    elsewhere.ifPresent(Elsewhere::close);
  }
}
