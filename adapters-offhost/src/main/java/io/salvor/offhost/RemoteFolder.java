package io.salvor.offhost;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// A place that keeps files by name, `/` between the parts of one. A file is there whole or not at
/// all, and never changes. For one thread.
///
/// Methods throw [RemoteFailed] where the place does not answer, or does not let one in.
public interface RemoteFolder extends AutoCloseable {
  /// A file that is there.
  record File(String name, long bytes) {}

  /// All files whose names begin so, by name.
  List<File> list(String prefix);

  /// Puts a file there, unless there is one of that name, which stays as it is. Nobody is told
  /// which: the one that is there may be what an earlier try had put, though it seemed to fail.
  void put(String name, Path file);

  /// The bytes of a file, which must be there.
  InputStream open(String name);

  /// Removes a file, if it is there.
  void remove(String name);

  /// Removes what was begun under names that begin so and was cut short, where nobody has written
  /// to it since then. Does nothing in a place that shows no such thing.
  default void sweep(String prefix, Instant before) {}

  @Override
  void close();
}
