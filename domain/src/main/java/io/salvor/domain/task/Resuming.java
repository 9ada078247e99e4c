package io.salvor.domain.task;

import java.util.Optional;

/// How work that is there is gone on with.
public final class Resuming {
  private Resuming() {}

  /// The mode of the next attempt: conflicts that an attempt was to resolve are still there.
  static StartMode mode(Start before) {
    return before.mode() == StartMode.RESOLVE ? StartMode.RESOLVE : StartMode.RESUME;
  }

  /// The agent's own session, in which an attempt goes on. Empty where there is none; where another
  /// program works on it now; and where the last attempt was to go on in it and nothing came of
  /// that, for another reason than its provider: then it goes on by briefing.
  public static Optional<String> session(Task task, Attempt attempt) {
    if (attempt.mode() == StartMode.FRESH) {
      return Optional.empty();
    }
    Optional<PastAttempt> last = task.lastStarted();
    if (last.isEmpty() || !last.get().agent().equals(task.spec().agent().name())) {
      return Optional.empty();
    }
    Progress progress = last.get().progress();
    boolean cameToNothing =
        last.get().mode() != StartMode.FRESH
            && !last.get().ending().reason().ofProvider()
            && progress.toolCalls() == 0
            && progress.usage().tokens() == 0;
    return cameToNothing ? Optional.empty() : progress.session();
  }
}
