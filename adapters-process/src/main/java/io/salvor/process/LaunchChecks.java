package io.salvor.process;

import io.salvor.domain.agent.Spawn.Kind;
import io.salvor.domain.agent.Spawn.Problem;
import io.salvor.domain.text.ShellWord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can be known to fail before anything is started: program and arguments.
final class LaunchChecks {
  /// The kernel's limit for one argument or variable, MAX_ARG_STRLEN, with its NUL.
  private static final int LONGEST_ARGUMENT = 128 * 1024;

  /// The kernel's limit for all of them under the usual 8 MiB of stack is 2 MiB; the shim's own
  /// words take some of it.
  private static final int LONGEST_TOTAL = 2 * 1024 * 1024 - 64 * 1024;

  private static final int POINTER = 8;

  private LaunchChecks() {}

  /// Where the program was found, or why it will not run.
  sealed interface Verdict {
    record Fit(Launch launch) implements Verdict {}

    record Unfit(Problem problem) implements Verdict {}
  }

  static Verdict check(Launch launch, Path workspace) {
    Optional<Problem> unfit = withNul(launch).or(() -> tooLong(launch));
    if (unfit.isPresent()) {
      return new Verdict.Unfit(unfit.get());
    }
    if (!Files.isDirectory(workspace)) {
      return new Verdict.Unfit(workspaceGone(workspace));
    }
    String program = launch.command().getFirst();
    Optional<Path> found = find(program, workspace, launch.environment());
    if (found.isPresent()) {
      return new Verdict.Fit(launch.running(found.get().toString()));
    }
    return new Verdict.Unfit(
        candidates(program, workspace, launch.environment()).stream()
            .filter(Files::exists)
            .findFirst()
            .map(LaunchChecks::notExecutable)
            .orElseGet(() -> missing(program)));
  }

  /// Where a program is that can be run.
  ///
  /// @param workspace what a path is relative to
  static Optional<Path> find(String program, Path workspace, Map<String, String> environment) {
    return candidates(program, workspace, environment).stream()
        .filter(it -> Files.isRegularFile(it) && Files.isExecutable(it))
        .findFirst();
  }

  static Problem workspaceGone(Path workspace) {
    return new Problem(
        Kind.WORKSPACE_GONE, "the workspace " + workspace + " is not a directory", "");
  }

  private static Problem notExecutable(Path program) {
    return new Problem(
        Kind.NOT_EXECUTABLE,
        program + " is not an executable file",
        "chmod +x " + ShellWord.of(program.toString()));
  }

  private static Problem missing(String program) {
    return new Problem(
        Kind.PROGRAM_MISSING,
        "there is no program " + program + (program.contains("/") ? "" : " on the PATH"),
        "install it, or give its full path in the agent's configuration");
  }

  /// Where a shell would look, in order; what a path is relative to is the workspace.
  private static List<Path> candidates(
      String program, Path workspace, Map<String, String> environment) {
    List<Path> candidates = new ArrayList<>();
    try {
      if (program.contains("/")) {
        candidates.add(workspace.resolve(program));
      } else if (!program.isEmpty()) {
        for (String directory : environment.getOrDefault("PATH", "/usr/bin:/bin").split(":", -1)) {
          candidates.add(workspace.resolve(directory).resolve(program));
        }
      }
    } catch (InvalidPathException e) {
      return List.of();
    }
    return candidates;
  }

  private static Optional<Problem> withNul(Launch launch) {
    boolean argument = launch.command().stream().anyMatch(it -> it.contains("\0"));
    return Optional.of("an argument")
        .filter(_ -> argument)
        .or(() ->
            launch.environment().entrySet().stream()
                .filter(it -> it.getValue().contains("\0"))
                .findFirst()
                .map(it -> "the variable " + it.getKey()))
        .map(what ->
            new Problem(
                Kind.NUL_IN_ARGUMENTS,
                what + " has a NUL in it, and no program can be given that",
                "take it out of the task or of the agent's configuration"));
  }

  private static Optional<Problem> tooLong(Launch launch) {
    long total = 0;
    for (String word : launch.command()) {
      long size = size(word);
      if (size > LONGEST_ARGUMENT) {
        return Optional.of(problem("an argument of " + size + " bytes"));
      }
      total += size + POINTER;
    }
    for (Map.Entry<String, String> variable : launch.environment().entrySet()) {
      long size = size(variable.getKey()) + size(variable.getValue());
      if (size > LONGEST_ARGUMENT) {
        return Optional.of(problem("the variable " + variable.getKey() + ", " + size + " bytes,"));
      }
      total += size + POINTER;
    }
    return total > LONGEST_TOTAL
        ? Optional.of(problem("the command with its environment, " + total + " bytes,"))
        : Optional.empty();
  }

  private static Problem problem(String what) {
    return new Problem(
        Kind.ARGUMENTS_TOO_LONG,
        what + " is more than this system starts a program with",
        "give long text on standard input or in a file");
  }

  private static long size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length + 1L;
  }
}
