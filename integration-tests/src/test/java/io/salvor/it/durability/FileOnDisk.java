package io.salvor.it.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/// A file as a disk would have it after the power failed: what was synced, for certain; of the
/// rest, whatever happened to be written.
final class FileOnDisk {
  private byte[] synced;
  private final List<UnaryOperator<byte[]>> unsynced = new ArrayList<>();

  /// @param begin its content at first, all of it synced
  FileOnDisk(byte[] begin) {
    this.synced = begin;
  }

  /// Takes note of a call on this file.
  void heard(SystemCall call) {
    if (call.isSync()) {
      synced = withAll(synced, unsynced);
      unsynced.clear();
    } else if (call.name().equals("pwrite64")) {
      SystemCall.Patch patch = call.patch();
      unsynced.add(before -> patched(before, patch));
    } else if (call.name().equals("ftruncate")) {
      int length = Math.toIntExact(call.length());
      unsynced.add(before -> Arrays.copyOf(before, length));
    } else {
      throw new AssertionError("an unforeseen call on a file of the store: " + call.name());
    }
  }

  boolean isSynced() {
    return unsynced.isEmpty();
  }

  /// Only what was synced.
  byte[] cutBack() {
    return synced.clone();
  }

  /// What was synced, and some of the rest, in any order.
  byte[] torn(Random random) {
    var some = new ArrayList<>(unsynced);
    some.removeIf(_ -> random.nextBoolean());
    java.util.Collections.shuffle(some, random);
    return withAll(synced, some);
  }

  private static byte[] withAll(byte[] before, List<UnaryOperator<byte[]>> changes) {
    byte[] now = before;
    for (UnaryOperator<byte[]> change : changes) {
      now = change.apply(now);
    }
    return now;
  }

  private static byte[] patched(byte[] before, SystemCall.Patch patch) {
    int offset = Math.toIntExact(patch.offset());
    byte[] after = Arrays.copyOf(before, Math.max(before.length, offset + patch.data().length));
    System.arraycopy(patch.data(), 0, after, offset, patch.data().length);
    return after;
  }

  /// Reads a file that may not be there.
  static FileOnDisk of(Path file) throws IOException {
    return new FileOnDisk(Files.exists(file) ? Files.readAllBytes(file) : new byte[0]);
  }
}
