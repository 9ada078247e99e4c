package io.salvor.server.upkeep;

import io.salvor.domain.journal.LogUnavailable;
import io.salvor.server.backup.StoreChecking;
import io.salvor.server.backup.StoreMark;
import io.salvor.sqlite.RebuildReport;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreCopy;
import io.salvor.v1.StoreCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the whole store when a server has begun to answer, and every so often from then on. Tables
/// that are folds of the log are made anew where they differ; a store that is damaged is marked, so
/// that no server starts on it again before it was repaired. What only keeps it from looking is no
/// damage: it looks again soon. Thread-safe.
public final class StoreWatch {
  private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final Duration NEVER = Duration.ofDays(365);

  private final SqliteStore store;
  private final StoreChecking checking;
  private final StoreMark mark;
  private final Duration every;
  private final Duration soon;
  private final ReentrantLock turn = new ReentrantLock();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("store-check").daemon().unstarted(this::run);
  private volatile Optional<String> damage = Optional.empty();
  private volatile Optional<String> remark = Optional.empty();
  private volatile Optional<String> unchecked = Optional.empty();
  private boolean lastUnread;

  /// @param every empty for only after a start
  public StoreWatch(
      SqliteStore store, StoreChecking checking, StoreMark mark, Optional<Duration> every) {
    this(store, checking, mark, every.orElse(NEVER), SOON);
  }

  /// @param soon after what kept it from looking
  StoreWatch(
      SqliteStore store, StoreChecking checking, StoreMark mark, Duration every, Duration soon) {
    this.store = store;
    this.checking = checking;
    this.mark = mark;
    this.every = every;
    this.soon = soon;
  }

  /// Begins; returns at once.
  public void start() {
    thread.start();
  }

  /// No more looks are begun; one that is under way is left to itself.
  public void stop() {
    ended.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      boolean looked = attempt();
      while (!await(looked ? every : soon)) {
        looked = attempt();
      }
    } catch (InterruptedException e) {
      log.debug("the store is not looked at any more");
    }
  }

  private boolean await(Duration time) throws InterruptedException {
    return ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// What nobody foresaw in one look must not keep the next from being taken.
  ///
  /// @return whether the next one has time
  private boolean attempt() {
    try {
      look();
      return true;
    } catch (LogUnavailable e) {
      log.debug("the store is looked at again in {}", soon, e);
      return false;
    } catch (RuntimeException e) {
      if (ended.getCount() > 0) {
        log.error("the store could not be checked", e);
      }
      return true;
    }
  }

  /// Reads all of it.
  ///
  /// @throws LogUnavailable where it could not be looked at, which is no damage
  public StoreCheck look() {
    turn.lock();
    try {
      StoreChecking.Found found = checking.told(examined());
      if (found.onlyTables()) {
        refold();
        found = checking.told(examined());
      }
      unchecked = Optional.empty();
      settle(found);
      return found.check();
    } catch (LogUnavailable e) {
      remember(e);
      throw e;
    } finally {
      turn.unlock();
    }
  }

  /// What the disk does not give once, it may give at the next look.
  private StoreCopy.Report examined() {
    boolean unreadBefore = lastUnread;
    lastUnread = false;
    try {
      return store.examine();
    } catch (LogUnavailable e) {
      Optional<StoreCopy.Report> lost = StoreCopy.Report.ofStaying(e);
      lastUnread = lost.isPresent();
      if (lost.isPresent() && unreadBefore) {
        return lost.get();
      }
      throw e;
    }
  }

  private void remember(LogUnavailable e) {
    Optional<String> before = unchecked;
    unchecked = Optional.of("the store could not be checked: " + e.getMessage());
    if (!unchecked.equals(before) && ended.getCount() > 0) {
      log.warn("{}; {}", unchecked.get(), e.hint());
    }
  }

  /// The engine began with what the tables said then: only a restart takes up what they lacked.
  private void refold() {
    RebuildReport before = store.rebuild().rebuild();
    log.warn(
        "the tables that are folds of the log differed from it, and were made anew: {}", before);
    remark =
        Optional.of(
            "the list of tasks differed from the log and was made anew; a task that was not in it is"
                + " taken up by: salvor restart");
  }

  private void settle(StoreChecking.Found found) {
    Optional<String> before = damage;
    damage =
        found.sound()
            ? Optional.empty()
            : Optional.of(
                "the store is damaged: "
                    + found.check().getProblems(0)
                    + "; to mend it: "
                    + found.check().getCommand());
    if (found.sound()) {
      log.debug("the store is sound, to record {}", found.check().getRecords());
    } else if (!before.equals(damage)) {
      log.error("{}", damage.get());
    }
    try {
      mark.note(found.check().getProblemsList());
    } catch (IOException e) {
      log.error("cannot mark the store as damaged", e);
    }
  }

  /// Why nothing new should begin, with the command that mends it; empty where the store was sound
  /// when it was last looked at.
  public Optional<String> damage() {
    return damage;
  }

  /// What else people should know.
  public Optional<String> remark() {
    return unchecked.or(() -> remark);
  }
}
