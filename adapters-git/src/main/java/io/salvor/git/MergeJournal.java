package io.salvor.git;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/// Remembers a merge that is under way, so that doing it again after a crash knows its own traces
/// from a person's work.
final class MergeJournal {
  private final Refs refs;
  private final RefNames names;

  MergeJournal(Refs refs, RefNames names) {
    this.refs = refs;
    this.names = names;
  }

  /// From which commit to which the target moves.
  record Move(ObjectId from, ObjectId to) {}

  Optional<Move> read() throws IOException {
    Optional<ObjectId> from = refs.read(names.mergeFrom());
    Optional<ObjectId> to = refs.read(names.mergeTo());
    return from.isPresent() && to.isPresent()
        ? Optional.of(new Move(from.get(), to.get()))
        : Optional.empty();
  }

  void write(Move move) throws IOException {
    clear();
    refs.create(names.mergeFrom(), move.from());
    refs.create(names.mergeTo(), move.to());
  }

  /// The end goes first: without it nothing is under way.
  void clear() throws IOException {
    for (String name : new String[] {names.mergeTo(), names.mergeFrom()}) {
      Optional<ObjectId> value = refs.read(name);
      if (value.isPresent()) {
        refs.delete(name, value.get());
      }
    }
  }
}
