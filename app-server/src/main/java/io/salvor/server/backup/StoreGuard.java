package io.salvor.server.backup;

import io.salvor.domain.backup.Head;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.records.StoreIdentity;
import io.salvor.server.config.Home;
import io.salvor.sqlite.StoreCopy;
import io.salvor.sqlite.StoreFiles;
import io.salvor.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps a server from starting with nothing, or with another store, where a home has had one. To
/// be asked under the home's lock, before the store is opened.
public final class StoreGuard {
  private static final String RESTORE = "salvor backup restore";
  private static final String ASIDE = "store.aside-";
  private static final int TAIL = 500;

  private final Home home;
  private final Vault vault;

  public StoreGuard(Home home, Vault vault) {
    this.home = home;
    this.vault = vault;
  }

  /// Why no server may start on this home; empty where one may.
  ///
  /// @param what for people
  /// @param hint the command that mends it
  public record Objection(String what, String hint) {}

  /// Looks whether the store is there that should be.
  public Optional<Objection> objection() throws IOException {
    Optional<Identity> identity = Identity.of(home);
    if (isMissing()) {
      return missing(identity);
    }
    if (isHalfMade() && missing(identity).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> damage = damage();
    if (damage.isPresent()) {
      return Optional.of(
          new Objection(
              "the store of " + home.root() + " is damaged: " + damage.get(), StoreMark.REPAIR));
    }
    Optional<Head> head = head();
    if (identity.isPresent()
        && head.isPresent()
        && !identity.get().lineage().equals(head.get().lineage())) {
      return Optional.of(
          new Objection(
              "the store in "
                  + home.root()
                  + " is "
                  + head.get().lineage()
                  + ", but this home's store is "
                  + identity.get().lineage(),
              RESTORE + "  (or salvor serve --new-store, to go on with this one)"));
    }
    return Optional.empty();
  }

  private Optional<Objection> missing(Optional<Identity> identity) {
    if (Files.exists(home.root().resolve(Repairing.STAGING))) {
      return Optional.of(
          new Objection(
              "the store of " + home.root() + " is gone: a repair of it was cut short",
              StoreMark.REPAIR));
    }
    long backups = vault.backups().size();
    if (identity.isEmpty() && backups == 0) {
      return Optional.empty();
    }
    String found =
        backups == 0
            ? "There is no backup of it in " + vault.folder()
            : "Backups of it in " + vault.folder() + ": " + backups;
    return Optional.of(
        new Objection(
            "the store of " + home.root() + " is gone. " + found,
            backups == 0
                ? "salvor serve --new-store  (starts with nothing)"
                : RESTORE + "  (or salvor serve --new-store, to start with nothing)"));
  }

  private boolean isMissing() throws IOException {
    Path database = StoreFiles.in(home.root()).database();
    return !Files.exists(database) || Files.size(database) == 0;
  }

  private boolean isHalfMade() {
    try (var copy = StoreCopy.open(StoreFiles.in(home.root()))) {
      return copy.isHalfMade();
    }
  }

  private Optional<String> damage() throws IOException {
    List<String> known = new StoreMark(home).problems();
    return known.isEmpty() ? tailProblem() : Optional.of(known.getFirst());
  }

  /// A store is written to only where its end holds; all of it is read when the server answers.
  /// What it is refused for otherwise, whoever opens it says.
  private Optional<String> tailProblem() {
    try (var copy = StoreCopy.open(StoreFiles.in(home.root()))) {
      boolean _ = copy.isOlder(); // asks first whether it is ours to read
      return copy.tailProblem(TAIL);
    } catch (LogUnavailable e) {
      return e.kind() == LogUnavailable.Kind.CORRUPT
          ? Optional.of(String.valueOf(e.getMessage()))
          : Optional.empty();
    } catch (StoreRefused e) {
      return e.reason() == StoreRefused.Reason.FOREIGN_FILE
          ? Optional.of(String.valueOf(e.getMessage()))
          : Optional.empty();
    } catch (RuntimeException e) {
      // Damage shows itself in many ways: what cannot be read to its end is not written to.
      return Optional.of("it cannot be read: " + e.getMessage());
    }
  }

  /// Empty where it cannot be read: whoever opens it says why.
  private Optional<Head> head() {
    try (var copy = StoreCopy.open(StoreFiles.in(home.root()))) {
      return Optional.of(copy.head());
    } catch (LogUnavailable | StoreRefused | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /// Clears the place for a new store: what is left of the one before is moved aside, unless a
  /// server could go on with it. One that only a newer Salvor knows stays too.
  ///
  /// @return where it is now; empty where nothing was moved
  public Optional<Path> makeRoom(Instant now) throws IOException {
    boolean lost = isMissing() || damage().isPresent();
    Optional<Path> moved = lost ? aside(home, now) : Optional.empty();
    Files.deleteIfExists(home.root().resolve(Identity.FILE));
    return moved;
  }

  /// Moves the store's folder aside.
  ///
  /// @return where it is now; empty where there is none
  static Optional<Path> aside(Home home, Instant now) throws IOException {
    Path store = Disk.parent(StoreFiles.in(home.root()).database());
    if (!Files.exists(store)) {
      return Optional.empty();
    }
    Path aside = store.resolveSibling(ASIDE + now.toEpochMilli());
    Disk.moveFolder(store, aside);
    return Optional.of(aside);
  }

  /// Stores that were moved aside, the last first.
  static List<StoreFiles> asides(Home home) throws IOException {
    StoreFiles usual = StoreFiles.in(home.root());
    return Disk.folders(home.root()).reversed().stream()
        .filter(it -> it.getFileName().toString().startsWith(ASIDE))
        .map(it ->
            new StoreFiles(
                it.resolve(usual.database().getFileName()),
                it.resolve(usual.ballast().getFileName()),
                it.resolve(usual.temporary().getFileName())))
        .toList();
  }

  /// Writes down which store the home has, once it is open.
  ///
  /// @param newStore whether somebody said that it may be another one than before
  public void settle(StoreIdentity store, boolean newStore) throws IOException {
    String lineage = store.lineage().toString();
    new Identity(lineage, store.epoch()).write(home);
    if (newStore) {
      vault.enter(lineage, store.epoch());
    }
  }
}
