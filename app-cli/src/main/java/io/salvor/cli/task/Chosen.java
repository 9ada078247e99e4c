package io.salvor.cli.task;

/// A task that a command is about to act on.
///
/// @param name its resource name
/// @param etag as it was looked at; empty where it was named and not found by a filter: then it may
///   have changed
/// @param id how a person calls it
/// @param row as a list shows it; empty where it was not looked at
record Chosen(String name, String etag, String id, String row) {
  static Chosen named(String name) {
    return new Chosen(name, "", name.substring("tasks/".length()), "");
  }
}
