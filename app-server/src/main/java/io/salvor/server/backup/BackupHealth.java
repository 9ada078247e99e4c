package io.salvor.server.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How it stands with a server's backups. Thread-safe.
public final class BackupHealth {
  private final Backups backups;
  private final Shipper shipper;
  private final OffHost offHost;

  public BackupHealth(Backups backups, Shipper shipper, OffHost offHost) {
    this.backups = backups;
    this.shipper = shipper;
    this.offHost = offHost;
  }

  /// What keeps them from being up to date, one sentence each; none where all is well.
  public List<String> troubles() {
    Stream<String> here = Stream.of(backups.trouble(), shipper.trouble()).flatMap(Optional::stream);
    return Stream.concat(here, offHost.troubles().stream()).toList();
  }

  /// When the last one was made that was verified; empty for none.
  public Optional<Instant> lastVerified() {
    return backups.lastVerified();
  }
}
