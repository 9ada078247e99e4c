package io.salvor.server.backup;

import io.salvor.domain.backup.Retention;
import io.salvor.offhost.RemoteAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All places elsewhere that a server keeps up to date. Thread-safe.
public final class OffHost {
  private static final Logger log = LoggerFactory.getLogger(OffHost.class);

  private final TargetStates states;
  private final Map<String, RemoteAddress> targets;
  private final List<Uploads> all = new ArrayList<>();

  /// @param environment in which secrets may be
  public OffHost(
      Map<String, RemoteAddress> targets,
      Vault vault,
      Retention retention,
      InstantSource clock,
      Map<String, String> environment) {
    this.states = new TargetStates(vault);
    this.targets = targets;
    targets.forEach((name, address) ->
        all.add(new Uploads(name, address, vault, retention, clock, environment)));
  }

  /// Begins; returns at once.
  public void start() {
    try {
      states.keepOnly(targets.keySet());
    } catch (BackupFailed e) {
      log.warn("what is known of places that are no longer configured stays: {}", e.getMessage());
    }
    all.forEach(Uploads::start);
  }

  /// There is something new to bring.
  public void wake() {
    all.forEach(Uploads::wake);
  }

  /// Why places are not up to date, one sentence each.
  public List<String> troubles() {
    return all.stream().map(Uploads::trouble).flatMap(Optional::stream).toList();
  }

  /// Brings what is new where that is quickly done.
  public void stop() throws InterruptedException {
    for (Uploads it : all) {
      it.stop();
    }
  }
}
