package io.salvor.cli.session;

import io.salvor.cli.text.TaskNames;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/// What a command takes. Declared by calls and not by annotations: to read annotations takes longer
/// than all else that is done with a command line.
public final class Words {
  private final CommandSpec spec;
  private int positions;

  Words(Object command) {
    this.spec = CommandSpec.wrapWithoutInspection(command);
  }

  /// As picocli knows it.
  public CommandSpec spec() {
    return spec;
  }

  /// An option that is there or not.
  ///
  /// @param names `--follow`, or several: `-f --follow`
  public Word<Boolean> flag(String names, String description) {
    var word = new Word<Boolean>();
    spec.addOption(
        OptionSpec.builder(names.split(" "))
            .type(boolean.class)
            .description(description)
            .getter(word)
            .setter(word)
            .build());
    return word;
  }

  /// An option with a value.
  ///
  /// @param names `--lines`, or several: `-n --lines`
  /// @param label what stands for the value in the help
  /// @param reading what the value means; throws IllegalArgumentException with a reason
  public <T> Word<T> option(
      String names, String label, Function<String, T> reading, String description) {
    var word = new Word<T>();
    spec.addOption(
        OptionSpec.builder(names.split(" "))
            .type(String.class)
            .paramLabel(label)
            .converters(text -> read(reading, text))
            .description(description)
            .getter(word)
            .setter(word)
            .build());
    return word;
  }

  /// An option with a text.
  public Word<String> option(String names, String label, String description) {
    return option(names, label, Function.identity(), description);
  }

  /// An option that may be said several times, each time with one value or with several and commas
  /// between them.
  public Word<List<String>> several(String names, String label, String description) {
    return repeated(names, label, ",", description);
  }

  /// An option that may be said several times, each time with one value.
  public Word<List<String>> repeated(String names, String label, String description) {
    return repeated(names, label, "", description);
  }

  private Word<List<String>> repeated(
      String names, String label, String separator, String description) {
    var word = new Word<List<String>>();
    spec.addOption(
        OptionSpec.builder(names.split(" "))
            .type(List.class)
            .auxiliaryTypes(String.class)
            .splitRegex(separator)
            .paramLabel(label)
            .description(description)
            .getter(word)
            .setter(word)
            .build());
    return word;
  }

  /// A word that must be there, in the order of declaration.
  public <T> Word<T> required(String label, Function<String, T> reading, String description) {
    return position(label, "1", reading, description);
  }

  /// A word that may be there, after those that must.
  public <T> Word<T> optional(String label, Function<String, T> reading, String description) {
    return position(label, "0..1", reading, description);
  }

  /// All further words.
  public Word<List<String>> rest(String label, String description) {
    return rest(label, Function.identity(), description);
  }

  /// All further words, each read.
  public <T> Word<List<T>> rest(String label, Function<String, T> reading, String description) {
    var word = new Word<List<T>>();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(positions + "..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .converters(text -> read(reading, text))
            .description(description)
            .getter(word)
            .setter(word)
            .build());
    return word;
  }

  /// The task that a command is about, as a resource name.
  public Word<String> task() {
    return required("TASK", TaskNames::parse, "TASK-0001, 1, its UUID or tasks/...");
  }

  private <T> Word<T> position(
      String label, String arity, Function<String, T> reading, String description) {
    var word = new Word<T>();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(Integer.toString(positions++))
            .arity(arity)
            .required(arity.equals("1"))
            .type(String.class)
            .paramLabel(label)
            .converters(text -> read(reading, text))
            .description(description)
            .getter(word)
            .setter(word)
            .build());
    return word;
  }

  private static <T> T read(Function<String, T> reading, String text) {
    try {
      return reading.apply(text);
    } catch (IllegalArgumentException unfit) {
      throw new TypeConversionException(unfit.getMessage());
    }
  }
}
