package io.salvor.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a page shows in a `console` block is what comes out. `docs/regenerate.sh` writes it anew.
@Order(2)
final class ShownOutputTest {
  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Places.root().resolve("docs"));
        Stream<Path> top = Files.list(Places.root())) {
      return Stream.concat(docs, top)
          .filter(it -> it.toString().endsWith(".md"))
          .filter(ShownOutputTest::showsOutput)
          .sorted()
          .toList();
    }
  }

  private static boolean showsOutput(Path page) {
    try {
      return Files.readString(page).contains("```console\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_output_that_is_shown_is_what_comes_out(Path page) throws IOException {
    String text = Files.readString(page);
    var wrong = new ArrayList<String>();
    try (Desk desk = Desk.made()) {
      String made =
          ShownCommand.rerun(
              text,
              command -> {
                List<String> real = desk.type(command.typed());
                if (Volatile.same(command.shown(), real)) {
                  return command.shown();
                }
                wrong.add("$ " + command.typed() + "\n" + String.join("\n", real));
                return real;
              });
      if (Boolean.getBoolean("docs.write")) {
        Files.writeString(page, made);
      } else {
        assertThat(wrong).as("to write %s anew: docs/regenerate.sh", page).isEmpty();
      }
    }
  }
}
