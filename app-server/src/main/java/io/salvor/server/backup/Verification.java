package io.salvor.server.backup;

import io.salvor.domain.backup.Segment;
import io.salvor.v1.Backup;
import io.salvor.v1.DamagedSegment;
import io.salvor.v1.VerifyBackupsResponse;
import java.util.List;
import java.util.Optional;

/// What was found while backups were read again. Used by one thread.
final class Verification {
  private final VerifyBackupsResponse.Builder found = VerifyBackupsResponse.newBuilder();

  void add(Backup backup, List<String> problems) {
    found.addBackups(backup.toBuilder().clearProblems().addAllProblems(problems));
  }

  void add(Segment segment, Optional<String> problem) {
    found.setSegments(found.getSegments() + 1);
    problem.ifPresent(it ->
        found.addDamagedSegments(
            DamagedSegment.newBuilder()
                .setName(segment.name())
                .setFirstSeq(segment.firstSeq())
                .setLastSeq(segment.lastSeq())
                .setProblem(it)));
  }

  VerifyBackupsResponse told() {
    return found.build();
  }
}
