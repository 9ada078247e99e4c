package io.salvor.server.backup;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.domain.backup.Segment;
import io.salvor.offhost.RemoteFolder;
import io.salvor.v1.Backup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The backups of one home in a place elsewhere: the same files under the same names as here, below
/// the home's key. A generation counts when its manifest is there, which is put there last.
///
/// For one thread. Methods throw [io.salvor.offhost.RemoteFailed] as the place does.
final class Remote {
  private final RemoteFolder folder;
  private final String key;
  private final TreeMap<String, Long> names = new TreeMap<>();

  /// Looks what is there.
  Remote(RemoteFolder folder, String key) {
    this.folder = folder;
    this.key = key;
    folder
        .list(key + "/")
        .forEach(it -> names.put(it.name().substring(key.length() + 1), it.bytes()));
  }

  /// Keys of all homes that have backups there.
  static List<String> keys(RemoteFolder folder) {
    var keys = new TreeSet<String>();
    for (RemoteFolder.File it : folder.list("")) {
      String[] parts = it.name().split("/", -1);
      if (parts.length == 3 && parts[2].equals(Vault.MANIFEST)) {
        keys.add(parts[0]);
      }
    }
    return List.copyOf(keys);
  }

  /// Names of the generations that are there, whole.
  List<String> generations() {
    return names.keySet().stream()
        .filter(it -> it.endsWith("/" + Vault.MANIFEST))
        .map(it -> it.substring(0, it.length() - Vault.MANIFEST.length() - 1))
        .filter(it -> it.matches("[A-Za-z0-9_-]+"))
        .toList();
  }

  /// Names of those of which there are files, but not the one that is put there last.
  Set<String> unfinished() {
    var found = new TreeSet<String>();
    for (String name : names.keySet()) {
      int slash = name.indexOf('/');
      String first = slash < 0 ? SegmentFolder.NAME : name.substring(0, slash);
      if (!first.equals(SegmentFolder.NAME) && !has(first + "/" + Vault.MANIFEST)) {
        found.add(first);
      }
    }
    return found;
  }

  /// The segments that are there.
  List<Segment> segments() {
    var found = new ArrayList<Segment>();
    String before = SegmentFolder.NAME + "/";
    for (String name : names.tailMap(before, true).keySet()) {
      if (!name.startsWith(before)) {
        break;
      }
      Segment.named(name.substring(before.length()), false).ifPresent(found::add);
    }
    return found;
  }

  boolean has(String name) {
    return names.containsKey(name);
  }

  /// Puts a file there, and reads it back.
  ///
  /// @param sha256 of it, in hex
  /// @throws BackupFailed where there is another one of that name, which stays
  void put(String name, Path file, String sha256) throws IOException {
    folder.put(key + "/" + name, file);
    if (!sha256(name).equals(sha256)) {
      throw new BackupFailed(
          "what is there as " + key + "/" + name + " is not what was sent",
          "look at it, and remove it by hand where it is worth nothing");
    }
    names.put(name, Files.size(file));
  }

  private String sha256(String name) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(folder.open(key + "/" + name), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /// A manifest; empty where it is none.
  Optional<Backup> manifest(String generation) throws IOException {
    var backup = Backup.newBuilder();
    try (InputStream in = folder.open(key + "/" + generation + "/" + Vault.MANIFEST)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      JsonFormat.parser().ignoringUnknownFields().merge(text, backup);
      return Optional.of(backup.setGeneration(generation).build());
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /// Fetches a file to where there is none, in one step.
  void fetch(String name, Path to) throws IOException {
    Path unfinished = to.resolveSibling(to.getFileName() + ".new");
    Disk.folder(Disk.parent(to));
    try (InputStream in = folder.open(key + "/" + name)) {
      Files.copy(in, unfinished, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    Disk.force(unfinished);
    Files.move(
        unfinished,
        to,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /// Removes a generation: first what makes it one.
  void removeGeneration(String generation) {
    remove(generation + "/" + Vault.MANIFEST);
    for (String name : List.copyOf(names.keySet())) {
      if (name.startsWith(generation + "/")) {
        remove(name);
      }
    }
  }

  void removeSegment(Segment segment) {
    remove(SegmentFolder.NAME + "/" + segment.name());
  }

  private void remove(String name) {
    folder.remove(key + "/" + name);
    names.remove(name);
  }
}
