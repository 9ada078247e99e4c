package io.salvor.server.doctor;

import com.google.protobuf.Timestamp;
import io.salvor.v1.BackupTarget;
import java.time.Duration;
import java.time.Instant;

/// How far places elsewhere are behind what can be restored from here. One that has all of it is
/// never old, however long nothing was written.
///
/// @param here the last record that can be restored from here; 0 for none
record OffHostAge(long here, Instant now, boolean serverRuns) {
  private static final Duration OLD = Duration.ofDays(2);

  /// @param there how it stood with the place when it was last tried
  Result judge(String name, BackupTarget there) {
    String trouble = there.getTrouble().isEmpty() ? "" : "; the last try: " + there.getTrouble();
    if (there.getGeneration().isEmpty()) {
      return here == 0 && trouble.isEmpty()
          ? Result.pass("there is nothing to bring to " + name + " yet")
          : warn(name, "there is no backup on " + name + trouble, there);
    }
    Instant reached = instant(there.getReachedTime());
    boolean behind = there.getLastSeq() < here;
    if (behind && reached.isBefore(now.minus(OLD))) {
      return warn(name, old(name, there, reached) + trouble, there);
    }
    String sound = name + " has all that was recorded until " + reached;
    return trouble.isEmpty() ? Result.pass(sound) : warn(name, sound + trouble, there);
  }

  private String old(String name, BackupTarget there, Instant reached) {
    return "the newest backup on "
        + name
        + " is "
        + Duration.between(reached, now).toDays()
        + " days old: it ends at record "
        + there.getLastSeq()
        + " of "
        + here;
  }

  private Result warn(String name, String what, BackupTarget there) {
    if (!serverRuns) {
      return Result.warn(what, "salvor serve  (brings what is missing there)");
    }
    return Result.warn(
        what,
        there.getTrouble().isEmpty()
            ? "salvor restart  (tries again)"
            : "salvor backup list --from " + name + "  (asks it, and says what is wrong)");
  }

  private static Instant instant(Timestamp at) {
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }
}
