package io.salvor.git;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One git command, as an argument list: no shell ever sees it.
///
/// @param input UTF-8 text for its standard input
/// @param writes whether it may change the repository or a checkout
record GitCall(
    GitPlace place,
    List<String> arguments,
    Map<String, String> environment,
    String input,
    boolean writes) {
  GitCall {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  static GitCall read(GitPlace place, String... arguments) {
    return new GitCall(place, List.of(arguments), Map.of(), "", false);
  }

  static GitCall write(GitPlace place, String... arguments) {
    return new GitCall(place, List.of(arguments), Map.of(), "", true);
  }

  GitCall with(String variable, String value) {
    var more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new GitCall(place, arguments, more, input, writes);
  }

  GitCall input(String text) {
    return new GitCall(place, arguments, environment, text, writes);
  }

  /// The command's own name, such as `read-tree`.
  String name() {
    return arguments.getFirst();
  }
}
