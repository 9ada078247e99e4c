package io.salvor.cli;

import io.salvor.cli.CommandTree.Node;
import io.salvor.cli.CommandTree.Reached;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.GlobalOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What may come next on a command line: asked by the shells' completion with `__complete`, each
/// time a person presses Tab.
final class Completer {
  private static final List<String> HOME_OR_SERVER = List.of("--home", "--server");

  private final CommandTree tree;
  private final Offers offers;
  private final GlobalOptions options;

  /// @param options those of the context: whose tasks are offered is said there
  Completer(Context context, GlobalOptions options) {
    this.options = options;
    this.tree = new CommandTree(context);
    this.offers = new Offers(context);
  }

  /// Words that begin as the last one does.
  ///
  /// @param typed what stands after `salvor`, the last of it unfinished and perhaps empty; a `=` of
  ///   its own may stand between an option and its value
  List<Offer> after(List<String> typed) {
    String current = typed.isEmpty() || typed.getLast().equals("=") ? "" : typed.getLast();
    List<String> before =
        typed.subList(0, Math.max(0, typed.size() - 1)).stream()
            .filter(it -> !it.equals("="))
            .flatMap(it -> Stream.of(it.startsWith("--") ? it.split("=", 2) : new String[] {it}))
            .toList();
    if (before.contains("--")) {
      return List.of(Offer.FILES);
    }
    Reached reached = tree.reach(new GlobalOptions(), words(before));
    return candidates(reached, before, current)
        .filter(it -> it.isDirective() || it.value().startsWith(current))
        .toList();
  }

  /// The words that may be names of commands; on the way, the home and the server are taken note
  /// of.
  private List<String> words(List<String> before) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      Optional<OptionSpec> option = option(options.spec(), before.get(i));
      if (option.isPresent()) {
        if (HOME_OR_SERVER.contains(before.get(i)) && i + 1 < before.size()) {
          option.get().setValue(before.get(i + 1));
        }
        i += takesValue(option.get()) ? 1 : 0;
      } else {
        words.add(before.get(i));
      }
    }
    return words;
  }

  private Stream<Offer> candidates(Reached reached, List<String> before, String current) {
    CommandSpec spec = reached.command().orElseGet(() -> new GlobalOptions().spec());
    Optional<OptionSpec> open =
        before.isEmpty()
            ? Optional.empty()
            : option(spec, before.getLast()).filter(Completer::takesValue);
    if (open.isPresent()) {
      return offers.of(open.get().paramLabel(), reached.path());
    }
    if (current.startsWith("-")) {
      return optionsOf(spec);
    }
    return reached.command().isEmpty()
        ? reached.group().stream().map(Completer::offer)
        : position(spec, before, reached.path().size())
            .map(it -> offers.of(it.paramLabel(), reached.path()))
            .orElse(Stream.of());
  }

  private static Offer offer(Node node) {
    return new Offer(node.name(), node.summary());
  }

  private static Stream<Offer> optionsOf(CommandSpec spec) {
    return spec.options().stream()
        .filter(it -> !it.hidden())
        .map(it -> new Offer(it.longestName(), String.join(" ", it.description())));
  }

  /// The word without a dash that would come next.
  private static Optional<PositionalParamSpec> position(
      CommandSpec spec, List<String> before, int commandWords) {
    int words = -commandWords;
    for (int i = 0; i < before.size(); i++) {
      Optional<OptionSpec> option = option(spec, before.get(i));
      if (option.isPresent()) {
        i += takesValue(option.get()) ? 1 : 0;
      } else if (!before.get(i).startsWith("-")) {
        words++;
      }
    }
    int next = Math.max(0, words);
    return spec.positionalParameters().stream().filter(it -> it.index().contains(next)).findFirst();
  }

  private static Optional<OptionSpec> option(CommandSpec spec, String word) {
    return Optional.ofNullable(spec.findOption(word));
  }

  private static boolean takesValue(ArgSpec option) {
    return option.arity().max() > 0;
  }

  /// A word, or a directive to the shell.
  ///
  /// @param what for people; may be empty
  record Offer(String value, String what) {
    /// The shell offers names of files.
    static final Offer FILES = new Offer(":files", "");

    /// The shell offers names of folders.
    static final Offer FOLDERS = new Offer(":dirs", "");

    /// As a shell's script reads it.
    String line() {
      return what.isEmpty() ? value : value + "\t" + what;
    }

    boolean isDirective() {
      return value.startsWith(":");
    }
  }
}
