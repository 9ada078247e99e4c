package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.GlobalOptions;
import io.salvor.cli.session.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What documents say about the command line is what it takes.
final class CliPageTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs").resolve("cli.md");

  @Test
  void the_page_of_commands_is_what_the_parser_knows() throws IOException {
    String made = new CliPage(whole()).text();
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, made);
    }
    if (!Files.exists(PAGE) || !Files.readString(PAGE).equals(made)) {
      fail("docs/cli.md is out of date; to write it anew: docs/regenerate.sh");
    }
  }

  @Test
  void every_command_that_a_document_names_is_one_that_the_parser_takes() throws IOException {
    try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
      List<Path> documents = Stream.concat(pages.filter(CliPageTest::isText), texts(ROOT)).toList();
      assertThat(documents).hasSizeGreaterThan(5);
      for (Path document : documents) {
        for (DocumentedCommand command : DocumentedCommand.in(Files.readString(document))) {
          assertThat(wrongWith(command)).as("%s: %s", document, command.line()).isEmpty();
        }
      }
    }
  }

  private static Stream<Path> texts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(CliPageTest::isText).toList().stream();
    }
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".md") || name.endsWith(".yml")) && !file.equals(PAGE);
  }

  /// What a document leaves out, or stands for with a word, is not wrong.
  private static String wrongWith(DocumentedCommand command) {
    try {
      whole().parseArgs(command.words().toArray(String[]::new));
      return "";
    } catch (UnmatchedArgumentException e) {
      return String.valueOf(e.getMessage());
    } catch (ParameterException e) {
      return "";
    }
  }

  private static CommandLine whole() {
    var context = new Context(Surroundings.ofProcess(), new GlobalOptions());
    return new CommandTree(context).whole(new GlobalOptions());
  }
}
