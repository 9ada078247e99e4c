package io.salvor.sqlite;

import java.nio.file.Path;
import java.util.stream.Stream;

/// Where a store's files lie. Nothing else may open them.
///
/// @param database the store itself; SQLite keeps two more files beside it
/// @param ballast space that is given back when the disk is full
/// @param temporary directory for what SQLite unpacks; belongs to the store alone and is swept when
///   it opens
public record StoreFiles(Path database, Path ballast, Path temporary) {

  /// The usual places in a home.
  public static StoreFiles in(Path home) {
    Path store = home.resolve("store");
    return new StoreFiles(
        store.resolve("salvor.db"), store.resolve("ballast"), store.resolve("tmp"));
  }

  /// What the database takes on the disk, with its write-ahead log.
  public long bytes() {
    return Stream.of("", "-wal", "-shm")
        .map(it -> database.resolveSibling(database.getFileName() + it))
        .mapToLong(it -> it.toFile().length())
        .sum();
  }
}
