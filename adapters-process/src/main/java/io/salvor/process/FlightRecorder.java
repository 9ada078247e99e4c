package io.salvor.process;

import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.TaskId;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// One attempt's folder: what was asked, what came out, and the notes by which server, shim and a
/// later server find out what happened. Nobody but the owner may read it.
///
/// | file | written by | says |
/// |---|---|---|
/// | `ticket` | whoever comes first | the shim may start the agent, or nobody ever will |
/// | `launch` | server | command, names of variables, endpoint |
/// | `prompt`, `stdout`, `stderr` | server; agent | the agent's standard streams |
/// | `window` | server | the window that shows it, where it has one; see [Window] |
/// | `watching`, `watched` | what runs in the window | it shows; the lock that it holds |
/// | `said` | server | what the agent says, for the person at its window |
/// | `started` | shim, before the agent's first instruction | the leader's identity |
/// | `refused` | shim or server | why it was not started |
/// | `deadline` | shim | it ended the agent at its deadline |
/// | `closed` | shim | it ended the agent because its window was closed |
/// | `stop` | server, before its first signal | how long the output was |
/// | `exit` | shim | the status |
/// | `commands.log` | server | output of the project's own commands |
///
/// @param lock the workspace's lock, one for all attempts of a task
record FlightRecorder(Path folder, Path lock) {
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /// Where an attempt's recorder lies in `home`.
  static FlightRecorder of(Path home, AttemptRef attempt) {
    Path task = home.toAbsolutePath().resolve("attempts").resolve(attempt.task().toString());
    return new FlightRecorder(
        task.resolve(Integer.toString(attempt.number())), task.resolve("lock"));
  }

  /// The lock of people who are in a task's workspace. Not the attempts' own: what holds that is
  /// ended with its attempt.
  static Path shellLock(Path home, TaskId task) {
    return home.toAbsolutePath().resolve("attempts").resolve(task.toString()).resolve("shell.lock");
  }

  /// Value of `SALVOR_ATTEMPT` in all processes of the attempt.
  static String marker(AttemptRef attempt) {
    return markerStem(attempt) + attempt.epoch();
  }

  /// The marker without the epoch: a number is given to one attempt of a task only.
  static String markerStem(AttemptRef attempt) {
    return attempt.task() + "/" + attempt.number() + "/";
  }

  /// Makes folder and output files where they are not there.
  void create() throws IOException {
    Files.createDirectories(folder, OWNER_ONLY_FOLDER);
    touch(stdout());
    touch(stderr());
  }

  private static void touch(Path file) throws IOException {
    try {
      Files.createFile(file, OWNER_ONLY);
    } catch (FileAlreadyExistsException e) {
      // an earlier call made it
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path stdout() {
    return file("stdout");
  }

  Path stderr() {
    return file("stderr");
  }

  Path commandsLog() {
    return file("commands.log");
  }

  /// Whether a later attempt of the same task has started, and so has had the lock after this one.
  boolean superseded() throws IOException {
    int own = Integer.parseInt(folder.getFileName().toString());
    try (var attempts = Files.newDirectoryStream(folder.getParent(), Files::isDirectory)) {
      for (Path attempt : attempts) {
        String name = attempt.getFileName().toString();
        if (name.matches("\\d{1,9}")
            && Integer.parseInt(name) > own
            && Leader.read(new Notes(attempt)).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  Notes notes() {
    return new Notes(folder);
  }
}
