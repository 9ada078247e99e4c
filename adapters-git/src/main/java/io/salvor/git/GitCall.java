package io.salvor.git;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One git command, as an argument list: no shell ever sees it.
///
/// @param input UTF-8 text for its standard input
/// @param effect what it may change
record GitCall(
    GitPlace place,
    List<String> arguments,
    Map<String, String> environment,
    String input,
    Effect effect) {
  GitCall {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /// What a command may change.
  enum Effect {
    NONE,
    /// Something that doing it again brings back: power may fail right after it.
    REMAKEABLE,
    /// Objects and refs that have to be on the disk when it has ended.
    DURABLE
  }

  static GitCall read(GitPlace place, String... arguments) {
    return new GitCall(place, List.of(arguments), Map.of(), "", Effect.NONE);
  }

  static GitCall write(GitPlace place, String... arguments) {
    return new GitCall(place, List.of(arguments), Map.of(), "", Effect.REMAKEABLE);
  }

  static GitCall save(GitPlace place, String... arguments) {
    return new GitCall(place, List.of(arguments), Map.of(), "", Effect.DURABLE);
  }

  boolean writes() {
    return effect != Effect.NONE;
  }

  boolean durable() {
    return effect == Effect.DURABLE;
  }

  GitCall with(String variable, String value) {
    var more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new GitCall(place, arguments, more, input, effect);
  }

  GitCall input(String text) {
    return new GitCall(place, arguments, environment, text, effect);
  }

  /// The command's own name, such as `read-tree`.
  String name() {
    return arguments.getFirst();
  }
}
