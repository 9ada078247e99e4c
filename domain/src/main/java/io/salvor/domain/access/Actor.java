package io.salvor.domain.access;

import java.util.regex.Pattern;

/// Who did something: `user:ann`, `agent:claude`, `service:salvor`, `instance:<id>`.
///
/// @param value kind, a colon, a name of 1 to 128 printable ASCII characters without spaces
public record Actor(String value) {
  private static final Pattern FORM =
      Pattern.compile("(user|agent|service|instance):[\\x21-\\x7e]{1,128}");

  /// Salvor itself, where it acts on its own: reconciliation, limits, admission.
  public static final Actor SALVOR = new Actor("service:salvor");

  public Actor {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an actor: " + value);
    }
  }

  /// Whether `value` has the form of an actor.
  public static boolean isValid(String value) {
    return FORM.matcher(value).matches();
  }

  /// The actor as whom an agent of this name works.
  public static Actor agent(String name) {
    return new Actor("agent:" + name);
  }

  @Override
  public String toString() {
    return value;
  }
}
