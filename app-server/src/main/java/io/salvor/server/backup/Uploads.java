package io.salvor.server.backup;

import com.google.protobuf.util.Timestamps;
import io.salvor.domain.backup.Retention;
import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.RemoteFailed;
import io.salvor.offhost.RemoteFolder;
import io.salvor.v1.BackupTarget;
import java.io.IOException;
import java.time.Duration;
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

  private final RemoteAddress address;
  private final TargetStates states;
  private final Upload upload;
  private final InstantSource clock;
  private final Map<String, String> environment;
  private final Semaphore news = new Semaphore(1);
  private final Thread thread;
  private volatile boolean ending;
  private volatile BackupTarget state;
  private int failures;

  /// @param environment in which secrets may be
  Uploads(
      String name,
      RemoteAddress address,
      Vault vault,
      Retention retention,
      InstantSource clock,
      Map<String, String> environment) {
    this.address = address;
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

  private void settle(BackupTarget.Builder next) {
    state = next.build();
    states.write(state);
  }

  /// Why this place is not up to date, in one sentence; empty where it is.
  Optional<String> trouble() {
    String why = state.getTrouble();
    return why.isEmpty()
        ? Optional.empty()
        : Optional.of("backups are not brought to " + state.getName() + ": " + why);
  }

  /// Brings what is new, if that is done within some seconds; the rest is for the next server.
  void stop() throws InterruptedException {
    ending = true;
    wake();
    thread.join(PATIENCE);
    thread.interrupt();
  }
}
