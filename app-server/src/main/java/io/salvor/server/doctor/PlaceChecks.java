package io.salvor.server.doctor;

import io.salvor.domain.text.ShellWord;
import io.salvor.server.backup.Leftovers;
import io.salvor.server.host.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The home's folders and files.
final class PlaceChecks {
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private PlaceChecks() {}

  static List<Result> home(Patient patient) throws IOException {
    Path root = patient.home().root();
    FileSystem lies = FileSystem.of(root);
    if (lies.isOfNetwork()) {
      return List.of(
          Result.fail(
              root + " lies on " + lies.type() + ": locks and the store are not safe there",
              "salvor --home DIR serve  (DIR on a local disk; move what is there)"));
    }
    if (!Files.exists(root)) {
      return List.of(Result.warn(root + " is not there yet", "salvor serve"));
    }
    return Files.isDirectory(root) && Files.isWritable(root)
        ? List.of(Result.pass(root + ", on " + lies.type()))
        : List.of(
            Result.fail(
                root + " is no folder that one may write to",
                "ls -ld " + ShellWord.of(root.toString())));
  }

  static List<Result> configuration(Patient patient) {
    Path file = patient.home().config();
    if (patient.badConfig().isPresent()) {
      return List.of(
          Result.fail(
              patient.badConfig().get(),
              "edit " + ShellWord.of(file.toString()) + ", then salvor config show"));
    }
    return List.of(
        Result.pass(Files.exists(file) ? file + " can be read" : "no file; all is as usual"));
  }

  static List<Result> permissions(Patient patient) throws IOException {
    var results = new ArrayList<Result>();
    Path root = patient.home().root();
    for (String name :
        List.of("", "run", "logs", "attempts", "store", "secrets", "run/token", "config.toml")) {
      Path path = root.resolve(name);
      if (!Files.exists(path)) {
        continue;
      }
      Set<PosixFilePermission> there = Files.getPosixFilePermissions(path);
      boolean mayBeRead = name.equals("config.toml");
      var wrong = EnumSet.noneOf(PosixFilePermission.class);
      wrong.addAll(there);
      wrong.retainAll(OTHERS);
      if (mayBeRead) {
        wrong.remove(PosixFilePermission.GROUP_READ);
        wrong.remove(PosixFilePermission.OTHERS_READ);
      }
      if (!wrong.isEmpty()) {
        results.add(
            Result.warn(
                    path
                        + " is open to others: "
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)),
                    "chmod go-rwx " + ShellWord.of(path.toString()))
                .fixable(() -> {
                  var left = EnumSet.copyOf(Files.getPosixFilePermissions(path));
                  left.removeAll(OTHERS);
                  Files.setPosixFilePermissions(path, left);
                }));
      }
    }
    return results.isEmpty()
        ? List.of(Result.pass("all that is private is the owner's alone"))
        : results;
  }

  static List<Result> leftovers(Patient patient) throws IOException {
    var leftovers = new Leftovers(patient.home(), patient.vault());
    var results = new ArrayList<Result>();
    if (!patient.serverRuns()) {
      for (Path it : leftovers.unfinished()) {
        results.add(
            Result.warn(
                    it + " was left by something that was cut short",
                    "rm -r " + ShellWord.of(it.toString()))
                .fixable(() -> leftovers.remove(it)));
      }
    }
    List<Path> aside = leftovers.movedAside();
    if (!aside.isEmpty()) {
      long bytes = 0;
      for (Path it : aside) {
        bytes += leftovers.bytes(it);
      }
      results.add(
          Result.warn(
              aside.size()
                  + " that a restore or a repair moved aside, "
                  + (bytes >> 20)
                  + " MiB, the first "
                  + aside.getFirst(),
              "rm -r "
                  + ShellWord.of(aside.getFirst().toString())
                  + "  (when you are sure that nothing is missing)"));
    }
    return results.isEmpty() ? List.of(Result.pass("nothing was left behind")) : results;
  }
}
