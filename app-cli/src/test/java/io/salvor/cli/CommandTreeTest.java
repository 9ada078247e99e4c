package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.GlobalOptions;
import io.salvor.cli.session.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandTreeTest {
  @TempDir Path directory;

  @Test
  void every_command_that_is_named_can_be_built_and_explains_itself() {
    var context = new Context(Surroundings.ofProcess(), new GlobalOptions());
    CommandLine whole = new CommandTree(context).whole(new GlobalOptions());
    List<String> leaves = leaves(whole, "");
    assertThat(leaves).hasSize(64).contains("task add", "store rebuild", "demo", "completion");
    for (String leaf : leaves) {
      var words = new ArrayList<>(List.of(leaf.split(" ")));
      words.add("--help");
      var result = new Cli(directory).run(words.toArray(String[]::new));
      assertThat(result.exit()).as(leaf).isZero();
      assertThat(result.out()).startsWith("Usage: salvor " + leaf + " ");
      assertThat(result.err()).isEmpty();
    }
  }

  private static List<String> leaves(CommandLine line, String path) {
    List<String> leaves = new ArrayList<>();
    line.getSubcommands()
        .forEach((name, child) -> {
          if (child.getSubcommands().isEmpty()) {
            leaves.add(path + name);
          } else {
            leaves.addAll(leaves(child, path + name + " "));
          }
        });
    return leaves;
  }

  @Test
  void help_is_shown_for_nothing_for_help_and_for_help_of_a_command() {
    var cli = new Cli(directory);
    assertThat(cli.run().out()).contains("Exit codes:").isEqualTo(cli.run("help").out());
    assertThat(cli.run("help", "task", "add").out())
        .isEqualTo(cli.run("task", "add", "--help").out())
        .contains("--brief-file");
  }

  @Test
  void every_command_has_examples_that_can_be_read() {
    var context = new Context(Surroundings.ofProcess(), new GlobalOptions());
    List<String> leaves = leaves(new CommandTree(context).whole(new GlobalOptions()), "");
    for (String leaf : leaves) {
      assertThat(Examples.of(leaf)).as(leaf).isNotEmpty();
      for (Examples.Example example : Examples.of(leaf)) {
        assertThat(example.what()).as(example.line()).isNotEmpty();
        List<String> words = words(example.line());
        assertThat(String.join(" ", words)).startsWith(leaf);
        CommandLine line = new CommandTree(context).lineFor(new GlobalOptions(), words);
        line.parseArgs(words.toArray(String[]::new));
      }
      assertThat(new Cli(directory).run(("help " + leaf).split(" ")).out())
          .contains("Examples:")
          .contains(Examples.of(leaf).getFirst().line());
    }
  }

  /// As a shell would read what follows `salvor`.
  private static List<String> words(String line) {
    String command = line.replaceFirst("^.*?\\bsalvor ", "").replaceFirst("( \\||\\)).*$", "");
    List<String> words = new ArrayList<>();
    var matcher = java.util.regex.Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return words;
  }

  @Test
  void the_version_is_known_without_a_server() {
    var cli = new Cli(directory);
    assertThat(cli.run("version").out()).startsWith("salvor 0.");
    assertThat(cli.run("version", "-o", "json").out()).startsWith("{\"version\": \"0.");
    String text = cli.run("version").out();
    assertThat(cli.run("--version").out()).isEqualTo(text);
    assertThat(cli.run("-V").out()).isEqualTo(text);
    assertThat(cli.run("-o", "json", "--version").out()).startsWith("{\"version\": \"0.");
  }
}
