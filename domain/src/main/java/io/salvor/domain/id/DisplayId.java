package io.salvor.domain.id;

import java.util.Optional;
import java.util.regex.Pattern;

/// A task's name for people: `TASK-0042`. Unique in one store.
///
/// @param number from 1 up; the next one exceeds the store's and every one seen in the project's
///   refs
public record DisplayId(long number) implements Comparable<DisplayId> {
  private static final Pattern FORM = Pattern.compile("TASK-(\\d{4,15})");

  public DisplayId {
    if (number < 1) {
      throw new IllegalArgumentException("a task's number starts at 1, not " + number);
    }
  }

  /// The display id that `text` spells, if it is one.
  public static Optional<DisplayId> parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) < 1) {
      return Optional.empty();
    }
    return Optional.of(new DisplayId(Long.parseLong(matcher.group(1))));
  }

  @Override
  public int compareTo(DisplayId other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    String digits = Long.toString(number);
    return "TASK-" + "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }
}
