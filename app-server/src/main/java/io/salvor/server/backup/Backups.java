package io.salvor.server.backup;

import io.salvor.domain.backup.Admission;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.Occasion;
import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.config.Home;
import io.salvor.sqlite.SqliteStore;
import io.salvor.v1.Backup;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes backups of the store while it is written to, and removes old ones. Thread-safe; one at a
/// time.
public final class Backups {
  private static final Logger log = LoggerFactory.getLogger(Backups.class);

  private final Source source;
  private final Vault vault;
  private final Retention retention;
  private final Making making;
  private final Notes notes;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile Optional<Instant> lastVerified;
  private volatile Optional<Instant> lastCovered;
  private volatile Optional<String> trouble;

  /// What backups are made of.
  ///
  /// @param secrets of the home
  /// @param version of this program
  public record Source(
      Home home, SqliteStore store, Secrets secrets, InstantSource clock, String version) {}

  /// Writes down what is done about backups, durably.
  @FunctionalInterface
  public interface Notes {
    void note(InstanceFact.OfBackup fact) throws InterruptedException;
  }

  private Backups(Source source, Vault vault, Retention retention, Notes notes) {
    this.source = source;
    this.vault = vault;
    this.retention = retention;
    this.making = new Making(source.home(), source.secrets(), vault, source.version());
    this.notes = notes;
    this.trouble = Optional.empty();
    this.lastVerified = found();
    this.lastCovered = lastVerified;
  }

  /// Backups with the `git` that is found on the path.
  public static Backups of(Source source, Vault vault, Retention retention, Notes notes) {
    return new Backups(source, vault, retention, notes);
  }

  /// A server starts also where its backups cannot be read: the first one that is due says so.
  private Optional<Instant> found() {
    try {
      return vault.lastVerified();
    } catch (BackupFailed e) {
      trouble = Optional.of(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// What came of asking for a backup.
  public sealed interface Outcome {
    /// There is a new one.
    record Made(Backup backup) implements Outcome {}

    /// This one says all there is; empty where there is nothing to say yet.
    record Unchanged(Optional<Backup> backup) implements Outcome {}

    /// The copy was worse than what there is, and was kept aside.
    record Refused(Admission.Reason reason, String detail) implements Outcome {}

    /// It did not come to a copy.
    record Failed(String detail) implements Outcome {}
  }

  /// Makes one, unless there is nothing new.
  public Outcome create(Occasion occasion) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      Outcome outcome = attempt(occasion);
      settle(outcome);
      return outcome;
    } finally {
      turn.unlock();
    }
  }

  private Outcome attempt(Occasion occasion) throws InterruptedException {
    boolean begun = false;
    try {
      vault.sweep();
      if (vault.lineages().current().isEmpty()) {
        var identity = source.store().identity();
        vault.enter(identity.lineage().toString(), identity.epoch());
      }
      Optional<Outcome.Unchanged> nothingNew = News.of(source.store(), vault).none();
      if (nothingNew.isPresent()) {
        return nothingNew.get();
      }
      notes.note(new InstanceFact.BackupBegun(occasion));
      begun = true;
      return make();
    } catch (IOException e) {
      return failed(begun, Disk.words(e));
    } catch (BackupFailed | LogUnavailable e) {
      return failed(begun, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.error("a backup failed in a way that nobody foresaw", e);
      return failed(begun, e.toString());
    }
  }

  private Outcome failed(boolean begun, String detail) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("no more time for a backup");
    }
    if (begun) {
      notes.note(new InstanceFact.BackupFailed(Optional.empty(), detail));
    }
    return new Outcome.Failed(detail);
  }

  private Outcome make() throws IOException, InterruptedException {
    return switch (making.make(source.clock().instant(), source.store()::copyTo)) {
      case Making.Result.Refused(var reason, var detail) -> {
        notes.note(new InstanceFact.BackupFailed(Optional.of(reason), detail));
        yield new Outcome.Refused(reason, detail);
      }
      case Making.Result.Published(var backup) -> {
        lastVerified = Optional.of(Vault.instant(backup));
        notes.note(new InstanceFact.BackupVerified(backup.getGeneration(), backup.getLastSeq()));
        prune(false);
        yield new Outcome.Made(backup);
      }
    };
  }

  private void settle(Outcome outcome) {
    switch (outcome) {
      case Outcome.Made(var backup) -> {
        trouble = Optional.empty();
        lastCovered = Optional.of(Vault.instant(backup));
        log.info("backup {} verified, to record {}", backup.getGeneration(), backup.getLastSeq());
      }
      case Outcome.Unchanged _ -> {
        trouble = Optional.empty();
        lastCovered = Optional.of(source.clock().instant());
      }
      case Outcome.Refused(var reason, var detail) -> {
        trouble = Optional.of("no backup was made, " + reason + ": " + detail);
        log.error("no backup was made, {}: {}; see {}", reason, detail, vault.folder());
      }
      case Outcome.Failed(var detail) -> {
        trouble = Optional.of("no backup could be made: " + detail);
        log.error("no backup could be made: {}", detail);
      }
    }
  }

  /// Removes what the retention does not keep.
  public Retention.Plan prune(boolean onlySay) {
    turn.lock();
    try {
      return vault.prune(retention, onlySay);
    } finally {
      turn.unlock();
    }
  }

  /// Where they lie.
  public Vault vault() {
    return vault;
  }

  /// When the last one was made that was verified; empty for none.
  public Optional<Instant> lastVerified() {
    return lastVerified;
  }

  /// When there was last known to be one that has all that was written until then; empty for never.
  public Optional<Instant> lastCovered() {
    return lastCovered;
  }

  /// Why there is none that is up to date, in one sentence; empty where all is well.
  public Optional<String> trouble() {
    return trouble;
  }
}
