package io.salvor.domain.agent;

import java.util.List;

/// How starting an agent went.
public sealed interface Spawn {
  /// It runs, or ran: whoever reads on finds its output and its exit.
  record Started(ProcessIdentity process, LaunchNote note) implements Spawn {}

  /// It does not run, did not, and never will under this attempt.
  record Refused(Problem problem) implements Spawn {}

  /// What a person may want to know of a launch.
  ///
  /// @param command program and arguments, redacted
  /// @param environmentPassed names of variables given to the agent
  /// @param environmentWithheld names of the server's variables not given
  record LaunchNote(
      List<String> command,
      List<String> environmentPassed,
      List<String> environmentWithheld,
      String endpoint) {
    public LaunchNote {
      command = List.copyOf(command);
      environmentPassed = List.copyOf(environmentPassed);
      environmentWithheld = List.copyOf(environmentWithheld);
    }
  }

  /// Why it was not started.
  ///
  /// @param detail one sentence with the names in question
  /// @param hint the command or change that mends it; may be empty
  record Problem(Kind kind, String detail, String hint) {}

  /// Why an agent was not started, and whether another try could go better.
  enum Kind {
    PROGRAM_MISSING(true),
    NOT_EXECUTABLE(true),
    ARGUMENTS_TOO_LONG(true),
    /// No program can be given a NUL, in an argument or a variable.
    NUL_IN_ARGUMENTS(true),
    WORKSPACE_GONE(false),
    WORKSPACE_LOCKED(false),
    DISK_FULL(false),
    /// The ticket was taken to end the attempt before it began.
    NEVER_STARTED(false),
    FAILED(false);

    private final boolean permanent;

    Kind(boolean permanent) {
      this.permanent = permanent;
    }

    /// Whether trying again without a person's help is useless.
    public boolean permanent() {
      return permanent;
    }
  }
}
