package io.salvor.git;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/// Reads and changes refs by compare-and-swap, without starting a process.
final class Refs {
  private static final PersonIdent WHO = new PersonIdent("Salvor", "salvor@localhost");

  private final Repository jgit;
  private final StaleLocks staleLocks;
  private final Steps steps;

  Refs(Repository jgit, StaleLocks staleLocks, Steps steps) {
    this.jgit = jgit;
    this.staleLocks = staleLocks;
    this.steps = steps;
  }

  Optional<ObjectId> read(String name) throws IOException {
    Ref ref = jgit.getRefDatabase().exactRef(name);
    return Optional.ofNullable(ref).map(Ref::getObjectId).map(ObjectId::copy);
  }

  boolean exists(String name) throws IOException {
    return read(name).isPresent();
  }

  /// All refs that start with `prefix`, by full name.
  SortedMap<String, ObjectId> under(String prefix) throws IOException {
    var found = new TreeMap<String, ObjectId>();
    for (Ref ref : jgit.getRefDatabase().getRefsByPrefix(prefix)) {
      ObjectId value = ref.getObjectId();
      if (value != null) {
        found.put(ref.getName(), value.copy());
      }
    }
    return found;
  }

  /// Creates a ref; false where it is there already, with whatever value.
  boolean create(String name, AnyObjectId value) throws IOException {
    return swap(name, ObjectId.zeroId(), value);
  }

  /// Changes a ref from one value to another; false where it had neither.
  boolean move(String name, AnyObjectId from, AnyObjectId to) throws IOException {
    return from.equals(to) || swap(name, from, to);
  }

  /// Deletes a ref that has this value; one that is not there is no trouble.
  void delete(String name, AnyObjectId value) throws IOException {
    if (!exists(name)) {
      return;
    }
    RefUpdate.Result result = deleted(name, value);
    if (result == RefUpdate.Result.LOCK_FAILURE && unlock(name)) {
      result = deleted(name, value);
    }
    switch (result) {
      case FORCED, NO_CHANGE, NEW, FAST_FORWARD -> steps.passed("delete " + name);
      case LOCK_FAILURE -> throw new RefLocked(name);
      default -> throw new GitFailed(name + " could not be deleted: " + result);
    }
  }

  /// To delete a ref, all packed refs are locked, whether it is among them or not.
  private RefUpdate.Result deleted(String name, AnyObjectId value) throws IOException {
    try {
      return update(name, value).delete();
    } catch (LockFailedException e) {
      if (!unlockPacked()) {
        throw e;
      }
      return update(name, value).delete();
    }
  }

  /// Clears away the lock of the packed refs that a killed process left behind; false where it may
  /// be held. Git closes it while it holds it, so no git may live in any checkout.
  private boolean unlockPacked() throws IOException {
    Path common = jgit.getDirectory().toPath();
    try {
      staleLocks.clear(common.resolve("packed-refs.lock"), checkouts(common));
      return true;
    } catch (Unworkable | CharacterCodingException | InvalidPathException _) {
      // Where a checkout cannot be named, a git may live in it.
      return false;
    }
  }

  /// The repository, its main checkout and its linked ones.
  private static List<Path> checkouts(Path common) throws IOException {
    var places = new ArrayList<Path>();
    places.add(common);
    Path main = common.getParent();
    if (main != null) {
      places.add(main);
    }
    Path registrations = common.resolve("worktrees");
    if (Files.isDirectory(registrations)) {
      try (DirectoryStream<Path> linked = Files.newDirectoryStream(registrations)) {
        for (Path registration : linked) {
          Path gitdir = registration.resolve("gitdir");
          if (Files.exists(gitdir)) {
            Path files = Path.of(Files.readString(gitdir).strip()).getParent();
            if (files != null) {
              places.add(files);
            }
          }
        }
      }
    }
    return places;
  }

  /// Clears away the lock of a ref of ours that a killed process left behind; false where there is
  /// none, or where it may be held.
  boolean unlock(String name) throws IOException {
    Path common = jgit.getDirectory().toPath();
    Path lock = common.resolve(name + ".lock");
    boolean ours = name.startsWith(RefNames.SALVOR) || name.startsWith(RefNames.TASK_BRANCHES);
    if (!ours || !Files.exists(lock)) {
      return false;
    }
    try {
      staleLocks.clear(lock, List.of(common));
      return true;
    } catch (Unworkable _) {
      return false;
    }
  }

  /// Stores a short text as an object.
  ObjectId store(String text) throws IOException {
    try (var inserter = jgit.newObjectInserter()) {
      ObjectId id = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
      inserter.flush();
      return id;
    }
  }

  /// The text of a ref that leads to a stored text.
  Optional<String> text(String name) throws IOException {
    Optional<ObjectId> id = read(name);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    byte[] bytes = jgit.open(id.get(), Constants.OBJ_BLOB).getBytes();
    return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
  }

  private boolean swap(String name, AnyObjectId from, AnyObjectId to) throws IOException {
    RefUpdate.Result result = forced(name, from, to);
    if (result == RefUpdate.Result.LOCK_FAILURE && unlock(name)) {
      result = forced(name, from, to);
    }
    return switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
        steps.passed("set " + name);
        yield true;
      }
      case LOCK_FAILURE -> holds(name, from, to);
      default -> throw new GitFailed(name + " could not be set: " + result);
    };
  }

  private RefUpdate.Result forced(String name, AnyObjectId from, AnyObjectId to)
      throws IOException {
    RefUpdate update = update(name, from);
    update.setNewObjectId(to);
    return update.forceUpdate();
  }

  /// Why a swap was refused: another value, or another's lock.
  private boolean holds(String name, AnyObjectId from, AnyObjectId to) throws IOException {
    ObjectId now = read(name).orElse(ObjectId.zeroId());
    if (now.equals(from)) {
      throw new RefLocked(name);
    }
    return now.equals(to);
  }

  private RefUpdate update(String name, AnyObjectId expected) throws IOException {
    RefUpdate update = jgit.updateRef(name);
    update.setExpectedOldObjectId(expected);
    update.setForceUpdate(true);
    update.setRefLogIdent(WHO);
    update.setRefLogMessage("salvor", false);
    return update;
  }
}
