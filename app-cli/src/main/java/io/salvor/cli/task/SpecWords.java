package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.cli.text.Money;
import io.salvor.cli.text.Numbers;
import io.salvor.cli.text.TaskNames;
import io.salvor.v1.Agent;
import io.salvor.v1.Limits;
import io.salvor.v1.Recovery;
import io.salvor.v1.Task;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What may be said of a task's specification, whether it is made or changed.
final class SpecWords {
  final Word<String> agent;
  final Word<Long> budget;
  final LimitOptions limits;
  final Word<Agent.Profile> profile;
  final Word<String> model;
  final AttachOption attach;
  final Word<String> base;
  final Word<String> into;
  final Word<List<String>> dependsOn;
  final Word<Task.Priority> priority;
  final Word<String> domain;
  final Word<Recovery.Mode> recovery;
  final Word<Integer> maxRetries;
  private final Word<List<String>> labels;
  private final Word<String> brief;
  private final Word<String> briefFile;

  SpecWords(Words words) {
    agent =
        words.option(
            "--agent",
            "AGENT",
            "who works on it (default: the configured one, or the only one on the PATH)");
    brief = words.option("--brief", "TEXT", "what is to be done, in Markdown");
    briefFile =
        words.option("--brief-file", "FILE", "the same from a file, or from standard input with -");
    budget =
        words.option("--budget", "USD", Money::parse, "what all its attempts may spend together");
    limits = new LimitOptions(words);
    profile =
        words.option(
            "--profile",
            "PROFILE",
            SpecWords::profileOf,
            "what the agent may do unasked: read, edit (default) or full");
    model = words.option("--model", "NAME", "the agent's model");
    attach = new AttachOption(words);
    base = words.option("--base", "REV", "start from this revision");
    into =
        words.option(
            "--into", "BRANCH", "merge into this branch (default: the one checked out here)");
    dependsOn =
        words.option(
            "--depends-on", "A,B", SpecWords::tasksOf, "begin only when these tasks are MERGED");
    priority =
        words.option(
            "--priority",
            "NAME",
            SpecWords::priorityOf,
            "low, medium (default), high or critical: who is given the next slot");
    labels = words.several("--label", "A,B", "words to find it by");
    recovery =
        words.option(
            "--recovery",
            "MODE",
            SpecWords::recoveryOf,
            "who applies the remedy when an attempt does not succeed: advise (you) or auto");
    maxRetries =
        words.option(
            "--max-retries", "N", Numbers::countOrNone, "attempts that may begin by themselves");
    domain = words.option("--domain", "NAME", "the field of competence that it belongs to: code");
  }

  /// Refuses words that do not fit together.
  void check() {
    if (brief.said().isPresent() && briefFile.said().isPresent()) {
      throw new Failure(
          ExitCode.USAGE,
          "USAGE",
          "--brief and --brief-file are mutually exclusive",
          "salvor task add --help");
    }
  }

  /// Whether anything was said besides what a task may spend.
  boolean saysMoreThanBudget() {
    return Stream.<Word<?>>of(
                agent,
                profile,
                model,
                base,
                into,
                dependsOn,
                priority,
                domain,
                recovery,
                maxRetries,
                labels,
                brief,
                briefFile)
            .anyMatch(word -> word.said().isPresent())
        || attach.said().isPresent()
        || !limits.message().equals(Limits.getDefaultInstance());
  }

  /// The brief, where one was given.
  Optional<String> brief(Context context) throws IOException {
    return briefFile.said().isEmpty()
        ? brief.said()
        : Optional.of(new TextFile(context, "brief").read(briefFile.said().get()));
  }

  private static List<String> tasksOf(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(it -> !it.isEmpty())
        .map(TaskNames::parse)
        .toList();
  }

  /// The labels that were said; an empty one says that there are none.
  Optional<List<String>> labels() {
    return labels
        .said()
        .map(said -> said.stream().map(String::strip).filter(it -> !it.isEmpty()).toList());
  }

  /// What follows by itself, where anything was said of it.
  Optional<Recovery> recovery() {
    if (recovery.said().isEmpty() && maxRetries.said().isEmpty()) {
      return Optional.empty();
    }
    var wanted = Recovery.newBuilder();
    recovery.said().ifPresent(wanted::setMode);
    maxRetries.said().ifPresent(wanted::setMaxRetries);
    return Optional.of(wanted.build());
  }

  private static Recovery.Mode recoveryOf(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "auto" -> Recovery.Mode.AUTO;
      case "advise" -> Recovery.Mode.ADVISE;
      default -> throw new IllegalArgumentException("'" + text + "' is neither auto nor advise");
    };
  }

  private static Task.Priority priorityOf(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "low" -> Task.Priority.LOW;
      case "medium" -> Task.Priority.MEDIUM;
      case "high" -> Task.Priority.HIGH;
      case "critical" -> Task.Priority.CRITICAL;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is none of low, medium, high, critical");
    };
  }

  private static Agent.Profile profileOf(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "read" -> Agent.Profile.READ;
      case "edit" -> Agent.Profile.EDIT;
      case "full" -> Agent.Profile.FULL;
      default -> throw new IllegalArgumentException("'" + text + "' is none of read, edit, full");
    };
  }
}
