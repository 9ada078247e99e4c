package io.salvor.server.backup;

import com.google.protobuf.util.Timestamps;
import io.salvor.domain.backup.Retention;
import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.RemoteFailed;
import io.salvor.offhost.RemoteFolder;
import io.salvor.v1.BackupTarget;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one place elsewhere up to date: when there is something new, and again and again, ever
/// more rarely, where it does not go. What is done there is done on a thread of its own.
final class Uploads {
  private static final Logger log = LoggerFactory.getLogger(Uploads.class);

  private static final Duration REST = Duration.ofMinutes(10);
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// Who has not written to a file for so long does not go on with it; so often is it looked for.
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final RemoteAddress address;
  private final String key;
  private final TargetStates states;
  private final Upload upload;
  private final InstantSource clock;
  private final Map<String, String> environment;
  private final Semaphore news = new Semaphore(1);
  private final Thread thread;
  private volatile boolean ending;
  private volatile BackupTarget state;

  /// Why the state is not on the disk; empty where it is.
  private volatile String unwritten = "";

  private int failures;
  private Instant nextSweep = Instant.MIN;

  /// @param environment in which secrets may be
  Uploads(
      String name,
      RemoteAddress address,
      Vault vault,
      Retention retention,
      InstantSource clock,
      Map<String, String> environment) {
    this.address = address;
    this.key = vault.key();
    this.states = new TargetStates(vault);
    this.upload = new Upload(vault, retention);
    this.clock = clock;
    this.environment = environment;
    this.state = states.of(name).toBuilder().setName(name).setAddress(address.text()).build();
    this.thread = Thread.ofPlatform().name("upload-" + name).daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// There is something new.
  void wake() {
    news.release();
  }

  private void run() {
    try {
      while (!ending) {
        boolean due = news.tryAcquire(wait(failures).toMillis(), TimeUnit.MILLISECONDS);
        news.drainPermits();
        if (due || failures > 0 || !ending) {
          pass();
        }
      }
    } catch (InterruptedException e) {
      log.debug("no more uploads to {}", address.text());
    }
  }

  private static Duration wait(int failures) {
    if (failures == 0) {
      return REST;
    }
    Duration wait = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures - 1, 10));
    return wait.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wait;
  }

  /// What nobody foresaw in one must not keep the next from being done.
  void pass() {
    try (RemoteFolder folder = address.open(environment)) {
      sweep(folder);
      BackupTarget.Builder done = upload.run(folder, this::progress);
      failures = 0;
      settle(
          done.setName(state.getName())
              .setAddress(state.getAddress())
              .setLastSuccessTime(Timestamps.fromMillis(clock.instant().toEpochMilli())));
    } catch (RemoteFailed | BackupFailed | IOException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.error("an upload failed in a way that nobody foresaw", e);
      failed(e.toString());
    }
  }

  /// Where that is refused, it is told, and the next pass does without it.
  private void sweep(RemoteFolder folder) {
    Instant now = clock.instant();
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(ABANDONED);
      folder.sweep(key + "/", now.minus(ABANDONED));
    }
  }

  private void progress(int left) {
    state = state.toBuilder().setPendingFiles(left).build();
    log.debug("{}: {} files left", address.text(), left);
  }

  private void failed(String why) {
    failures++;
    if (!why.equals(state.getTrouble())) {
      log.warn("backups are not brought to {}: {}", state.getName(), why);
    }
    settle(state.toBuilder().setTrouble(why));
  }

  /// Nothing that keeps the state from being written may keep backups from being brought: the next
  /// pass writes it again.
  private void settle(BackupTarget.Builder next) {
    state = next.build();
    try {
      states.write(state);
      unwritten = "";
    } catch (RuntimeException e) {
      String why = String.valueOf(e.getMessage());
      if (!why.equals(unwritten)) {
        log.warn("how it stands with {} is not kept", state.getName(), e);
      }
      unwritten = why;
    }
  }

  /// Why this place is not up to date, or is not known to be by those who ask without a server, in
  /// one sentence; empty where all is well.
  Optional<String> trouble() {
    String why = state.getTrouble();
    if (!why.isEmpty()) {
      return Optional.of("backups are not brought to " + state.getName() + ": " + why);
    }
    return unwritten.isEmpty()
        ? Optional.empty()
        : Optional.of("how it stands with " + state.getName() + " is not kept: " + unwritten);
  }

  /// Brings what is new, if that is done within some seconds; the rest is for the next server.
  void stop() throws InterruptedException {
    ending = true;
    wake();
    thread.join(PATIENCE);
    thread.interrupt();
  }
}
