package io.salvor.git;

import io.salvor.git.Changes.Change;
import io.salvor.git.Changes.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;

/// Tells, path by path, whether a checkout holds only what an interrupted move between two commits
/// can have left there.
final class PathStates {
  private final Git git;
  private final Repository objects;
  private final TargetCheckout checkout;
  private final Map<String, Entry> staged;
  private final Map<String, ObjectId> hashes;

  private PathStates(
      Git git,
      Repository objects,
      TargetCheckout checkout,
      Map<String, Entry> staged,
      Map<String, ObjectId> hashes) {
    this.git = git;
    this.objects = objects;
    this.checkout = checkout;
    this.staged = staged;
    this.hashes = hashes;
  }

  static PathStates read(
      Git git, Repository objects, TargetCheckout checkout, ObjectId from, Changes changes)
      throws IOException {
    return new PathStates(
        git, objects, checkout, stagedAgainst(git, checkout, from), hashes(git, checkout, changes));
  }

  /// Whether index and file are each at one end of the change, or the file is on its way to the far
  /// end.
  boolean ours(Change change) throws IOException {
    Entry index = staged.getOrDefault(change.path(), change.from());
    if (!index.equals(change.from()) && !index.equals(change.to())) {
      return false;
    }
    Path file = checkout.files().resolve(change.path());
    if (behindLink(file)) {
      return false;
    }
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        || Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    return holds(file, change, change.from())
        || holds(file, change, change.to())
        || beginningOf(file, change.to());
  }

  private boolean behindLink(Path file) {
    for (Path parent = file.getParent();
        parent != null && !parent.equals(checkout.files());
        parent = parent.getParent()) {
      if (Files.isSymbolicLink(parent)) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(Path file, Change change, Entry entry) throws IOException {
    if (entry.absent()) {
      return false;
    }
    if (Files.isSymbolicLink(file)) {
      byte[] leadsTo = Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8);
      return entry.link() && idOf(leadsTo).equals(entry.id());
    }
    return !entry.link()
        && entry.executable() == Files.isExecutable(file)
        && entry.id().equals(hashes.get(change.path()));
  }

  /// Git writes a file from its beginning: one that was cut short holds nothing of its own.
  private boolean beginningOf(Path file, Entry entry) throws IOException {
    if (entry.absent() || entry.link() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    byte[] whole = objects.open(entry.id(), Constants.OBJ_BLOB).getCachedBytes(Integer.MAX_VALUE);
    if (Files.size(file) >= whole.length) {
      return false;
    }
    byte[] part = Files.readAllBytes(file);
    return part.length < whole.length && Arrays.equals(part, 0, part.length, whole, 0, part.length);
  }

  private static ObjectId idOf(byte[] blob) {
    try (var formatter = new ObjectInserter.Formatter()) {
      return formatter.idFor(Constants.OBJ_BLOB, blob);
    }
  }

  /// What the index holds where it differs from a commit.
  private static Map<String, Entry> stagedAgainst(Git git, TargetCheckout checkout, ObjectId commit)
      throws IOException {
    GitResult raw =
        git.must(
            GitCall.read(
                checkout.place(),
                "diff-index",
                "--cached",
                "--raw",
                "-z",
                "--no-renames",
                "--no-abbrev",
                commit.name()));
    var staged = new HashMap<String, Entry>();
    List<String> parts = raw.parts();
    for (int i = 0; i + 1 < parts.size(); i += 2) {
      // :<old mode> <new mode> <old id> <new id> <letter>
      String[] words = parts.get(i).split(" ", -1);
      int mode = Integer.parseInt(words[1], 8);
      staged.put(
          parts.get(i + 1),
          mode == 0 ? Entry.ABSENT : new Entry(mode, ObjectId.fromString(words[3])));
    }
    return staged;
  }

  /// Regular files' ids as git would store them.
  private static Map<String, ObjectId> hashes(Git git, TargetCheckout checkout, Changes changes)
      throws IOException {
    List<String> paths = new ArrayList<>();
    for (Change change : changes.paths()) {
      Path file = checkout.files().resolve(change.path());
      if (!change.path().contains("\n") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        paths.add(change.path());
      }
    }
    var hashes = new HashMap<String, ObjectId>();
    if (paths.isEmpty()) {
      return hashes;
    }
    GitResult result =
        git.must(
            GitCall.read(checkout.place(), "hash-object", "--stdin-paths")
                .input(String.join("\n", paths) + "\n"));
    List<String> lines = result.out().lines().toList();
    for (int i = 0; i < paths.size() && i < lines.size(); i++) {
      hashes.put(paths.get(i), ObjectId.fromString(lines.get(i)));
    }
    return hashes;
  }

  /// Brings index and files of these changes to their far ends. All of them are [#ours].
  void moveForward(List<Change> changes) throws IOException {
    move(changes, Change::to);
  }

  /// Brings index and files of these changes back to their near ends. All of them are [#ours].
  void moveBack(List<Change> changes) throws IOException {
    move(changes, Change::from);
  }

  private void move(List<Change> changes, Function<Change, Entry> goal) throws IOException {
    var entries = new StringBuilder();
    var written = new StringBuilder();
    var moving = new ArrayList<Change>();
    for (Change change : changes) {
      if (!there(change, goal.apply(change))) {
        moving.add(change);
        // An index entry gives way to one above or below it only when it is gone.
        line(entries, change.path(), Entry.ABSENT);
        deleteFile(checkout.files().resolve(change.path()));
      }
    }
    for (Change change : moving) {
      Entry entry = goal.apply(change);
      if (!entry.absent()) {
        requireRoom(checkout.files().resolve(change.path()));
        line(entries, change.path(), entry);
        written.append(change.path()).append('\0');
      }
    }
    apply(entries.toString(), written.toString());
  }

  private void apply(String entries, String written) throws IOException {
    if (!entries.isEmpty()) {
      git.must(
          GitCall.write(checkout.place(), "update-index", "-z", "--index-info").input(entries));
    }
    if (!written.isEmpty()) {
      git.must(
          GitCall.write(checkout.place(), "checkout-index", "-f", "-u", "-z", "--stdin")
              .input(written));
    }
  }

  private boolean there(Change change, Entry goal) throws IOException {
    Path file = checkout.files().resolve(change.path());
    boolean settled =
        goal.absent()
            ? !Files.exists(file, LinkOption.NOFOLLOW_LINKS)
            : Files.exists(file, LinkOption.NOFOLLOW_LINKS) && holds(file, change, goal);
    return settled && staged.getOrDefault(change.path(), change.from()).equals(goal);
  }

  private static void line(StringBuilder entries, String path, Entry entry) {
    entries.append(Integer.toOctalString(entry.mode())).append(' ');
    entries.append(entry.id().name()).append('\t').append(path).append('\0');
  }

  private void deleteFile(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || !Files.deleteIfExists(file)) {
      return;
    }
    for (Path parent = file.getParent();
        parent != null && !parent.equals(checkout.files()) && Seat.isEmpty(parent);
        parent = parent.getParent()) {
      Files.delete(parent);
    }
  }

  /// Git would empty a directory that stands where a file is to be.
  private static void requireRoom(Path file) throws IOException {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!Seat.isEmpty(file)) {
        throw new GitFailed(file + " is a directory with other files in it");
      }
      Files.delete(file);
    }
  }
}
