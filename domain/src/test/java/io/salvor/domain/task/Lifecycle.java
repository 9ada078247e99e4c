package io.salvor.domain.task;

import io.salvor.domain.task.Examples.Example;
import io.salvor.domain.task.Stimuli.Stimulus;
import io.salvor.domain.task.TaskState.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the deciders do with every input in every state, found by asking them, and the page that
/// shows it.
final class Lifecycle {
  static final String REGENERATE =
      "mvn -q -pl domain test -Dtest=LifecycleTest -Dlifecycle.write=true";

  private Lifecycle() {}

  /// One way a task can go.
  ///
  /// @param conditions of the examples that go this way; empty where all of the state do that take
  ///   this input
  record Transition(Kind from, List<String> conditions, String on, Kind to, List<String> facts) {
    @Override
    public String toString() {
      String where = conditions.isEmpty() ? "" : " (" + String.join("; ", conditions) + ")";
      return from + where + " | " + on + " | " + to + " | " + String.join(", ", facts);
    }
  }

  private record Way(Kind to, List<String> facts) {}

  /// Every transition there is, in the order of states and inputs.
  static List<Transition> transitions() {
    var transitions = new ArrayList<Transition>();
    for (Kind kind : Kind.values()) {
      List<Example> examples = examplesOf(kind);
      for (Stimulus stimulus : Stimuli.all()) {
        transitions.addAll(transitions(kind, examples, stimulus));
      }
    }
    return transitions;
  }

  private static List<Transition> transitions(
      Kind kind, List<Example> examples, Stimulus stimulus) {
    var ways = new LinkedHashMap<Way, List<String>>();
    for (Example example : examples) {
      if (outcome(example, stimulus).orElse(null)
          instanceof Outcome.Accepted(var task, var facts)) {
        ways.computeIfAbsent(
                new Way(
                    task.kind(),
                    facts.stream().map(it -> it.fact().getClass().getSimpleName()).toList()),
                _ -> new ArrayList<>())
            .add(example.condition());
      }
    }
    return ways.entrySet().stream()
        .map(it ->
            new Transition(
                kind,
                ways.size() == 1 && it.getValue().size() == examples.size()
                    ? List.of()
                    : named(it.getValue()),
                stimulus.name(),
                it.getKey().to(),
                it.getKey().facts()))
        .toList();
  }

  private static List<String> named(List<String> conditions) {
    return conditions.stream().map(it -> it.isEmpty() ? "plain" : it).toList();
  }

  static List<Example> examplesOf(Kind kind) {
    return Examples.all().stream().filter(it -> it.kind() == kind).toList();
  }

  static Optional<Outcome> outcome(Example example, Stimulus stimulus) {
    return stimulus.apply().apply(example.story());
  }

  /// The page `docs/lifecycle.md`.
  static String page() {
    List<Transition> transitions = transitions();
    return """
    # A task's life

    Generated from the deciders in `domain` by asking them about every state and every input; do not edit.
    `%s` writes it anew.

    %s
    ## What leads where

    Where a state's examples differ, the condition is named. Inputs that write nothing are left out.

    %s
    ## What a command is answered

    A state that a row does not name refuses with `WRONG_STATE`; one that is named twice decides by its condition.

    %s\
    """
        .formatted(REGENERATE, diagram(transitions), table(transitions), answers());
  }

  private static String diagram(List<Transition> transitions) {
    var labels = new LinkedHashMap<String, SequencedSet<String>>();
    for (Transition it : transitions) {
      if (it.from() != it.to()) {
        labels
            .computeIfAbsent(it.from() + " --> " + it.to(), _ -> new LinkedHashSet<>())
            .add(it.on().replaceAll("[,:].*| --.*| by .*", ""));
      }
    }
    var text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
    text.append("    [*] --> PENDING: add\n    [*] --> READY: add\n");
    labels.forEach((edge, on) ->
        text.append("    ").append(edge).append(": ").append(String.join(" / ", on)).append('\n'));
    for (Kind kind : Kind.values()) {
      if (kind.isFinal()) {
        text.append("    ").append(kind).append(" --> [*]\n");
      }
    }
    return text.append("```\n").toString();
  }

  private static String table(List<Transition> transitions) {
    var text = new StringBuilder("| in | when | on | goes to | writes |\n|---|---|---|---|---|\n");
    for (Transition it : transitions) {
      text.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  it.from(),
                  String.join("; ", it.conditions()),
                  it.on(),
                  it.to(),
                  String.join(", ", it.facts())));
    }
    return text.toString();
  }

  private static String answers() {
    var text = new StringBuilder("| command | leads to | is refused |\n|---|---|---|\n");
    for (Stimulus command : Stimuli.commands()) {
      var goes = new TreeMap<String, SequencedSet<Kind>>();
      var refused = new TreeMap<String, SequencedSet<Kind>>();
      for (Kind kind : Kind.values()) {
        for (Outcome outcome : outcomes(kind, command)) {
          switch (outcome) {
            case Outcome.Accepted(var task, _) ->
                note(goes, task.kind() == kind ? "as before" : task.kind().toString(), kind);
            case Outcome.Refused(var refusal) -> note(refused, "`" + refusal.code() + "`", kind);
            case Outcome.Dropped(var why) -> throw new AssertionError("no answer: " + why);
          }
        }
      }
      refused.remove("`WRONG_STATE`");
      text.append("| %s | %s | %s |\n".formatted(command.name(), list(goes), list(refused)));
    }
    return text.toString();
  }

  private static void note(Map<String, SequencedSet<Kind>> where, String answer, Kind kind) {
    where.computeIfAbsent(answer, _ -> new LinkedHashSet<>()).add(kind);
  }

  private static String list(Map<String, SequencedSet<Kind>> answers) {
    return answers.entrySet().stream()
        .map(it ->
            it.getKey()
                + ": "
                + (it.getValue().size() == Kind.values().length
                    ? "everywhere"
                    : it.getValue().stream().map(Kind::name).collect(Collectors.joining(", "))))
        .collect(Collectors.joining("; "));
  }

  /// What the examples of a state answer to an input.
  static List<Outcome> outcomes(Kind kind, Stimulus stimulus) {
    return examplesOf(kind).stream().flatMap(it -> outcome(it, stimulus).stream()).toList();
  }

  /// Where the page lies, seen from a module's directory.
  static Path file() {
    return Path.of("..", "docs", "lifecycle.md");
  }

  static void write() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), page());
  }
}
