package io.salvor.records;

import com.google.protobuf.ProtocolMessageEnum;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Two enums with the same constants, ours and the stored one, whose names carry a prefix: `FRESH`,
/// `START_MODE_FRESH`.
///
/// A constant that only one of them has is found when the class that holds this is loaded, thus by
/// any test.
final class Same<D extends Enum<D>, P extends Enum<P> & ProtocolMessageEnum> {
  private final Map<D, P> stored;
  private final Map<P, D> ours;

  private Same(Map<D, P> stored, Map<P, D> ours) {
    this.stored = stored;
    this.ours = ours;
  }

  static <D extends Enum<D>, P extends Enum<P> & ProtocolMessageEnum> Same<D, P> of(
      Class<D> ours, Class<P> stored, String prefix) {
    var toStored = new EnumMap<D, P>(ours);
    var toOurs = new EnumMap<P, D>(stored);
    for (D constant : ours.getEnumConstants()) {
      P twin = Enum.valueOf(stored, prefix + constant.name());
      toStored.put(constant, twin);
      toOurs.put(twin, constant);
    }
    long without =
        Arrays.stream(stored.getEnumConstants())
            .filter(it -> !it.name().equals("UNRECOGNIZED") && it.getNumber() != 0)
            .filter(it -> !toOurs.containsKey(it))
            .count();
    if (without > 0) {
      throw new IllegalStateException(stored + " has constants that " + ours + " has not");
    }
    return new Same<>(toStored, toOurs);
  }

  P stored(D constant) {
    return Optional.ofNullable(stored.get(constant)).orElseThrow();
  }

  D ours(P constant) {
    return Optional.ofNullable(ours.get(constant))
        .orElseThrow(() -> new Malformed("no such constant: " + constant));
  }
}
