package io.salvor.server.backup;

import io.salvor.domain.backup.Head;
import io.salvor.sqlite.Remains;
import io.salvor.sqlite.StoreSalvage;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What a home's store can be made of, in one order, and how far that leads.
record Remnants(List<Remnant> all, StoreSalvage.Outlook outlook) {

  Remnants {
    all = List.copyOf(all);
  }

  /// Something that may have records of the store.
  ///
  /// @param name for people
  record Remnant(String name, Remains remains) {}

  /// Looks how far they lead in this order: where two go on differently, the first decides.
  static Remnants of(UUID lineage, List<Remnant> first, List<Remnant> then) {
    var all = new ArrayList<>(first);
    all.addAll(then);
    try (var salvage = new StoreSalvage(lineage, remains(all))) {
      return new Remnants(all, salvage.outlook());
    }
  }

  private static List<Remains> remains(List<Remnant> all) {
    return all.stream().map(Remnant::remains).toList();
  }

  List<Remains> remains() {
    return remains(all);
  }

  /// Where the log ends.
  Head head() {
    return outlook.head();
  }

  /// What gives a part.
  String nameOf(StoreSalvage.Part part) {
    return all.get(part.source()).name();
  }
}
