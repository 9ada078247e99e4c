package io.salvor.domain.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The stores that a home has had, the present one last. Another one gets in only where somebody
/// said so: by beginning anew, or by a restore.
public record Lineages(List<Known> all) {

  /// A home that has had none.
  public static final Lineages NONE = new Lineages(List.of());

  public Lineages {
    all = List.copyOf(all);
  }

  /// A store of the home.
  ///
  /// @param epoch the greatest that it has had
  public record Known(String lineage, long epoch) {}

  /// Whether this is the home's present store.
  public boolean isCurrent(String lineage) {
    return current().filter(it -> it.lineage().equals(lineage)).isPresent();
  }

  /// The present one; empty where there was none yet.
  public Optional<Known> current() {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /// The greatest epoch of a lineage; 0 for one that is not known.
  public long epoch(String lineage) {
    return all.stream()
        .filter(it -> it.lineage().equals(lineage))
        .mapToLong(Known::epoch)
        .max()
        .orElse(0);
  }

  /// The same with this one as the present store.
  public Lineages entering(String lineage, long epoch) {
    var after = new ArrayList<>(all);
    after.removeIf(it -> it.lineage().equals(lineage));
    after.add(new Known(lineage, Math.max(epoch, epoch(lineage))));
    return new Lineages(after);
  }
}
