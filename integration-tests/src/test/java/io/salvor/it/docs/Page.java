package io.salvor.it.docs;

import static org.assertj.core.api.Assertions.fail;

import io.salvor.it.harness.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page in `docs/` that is made from something else.
final class Page {
  private static final String REGENERATE = "docs/regenerate.sh";

  private Page() {}

  /// What stands above what is made.
  static String madeFrom(String source) {
    return "<!-- Made from " + source + " by " + REGENERATE + "; changes made here are lost. -->\n";
  }

  /// Fails where the page is not this text; with `-Ddocs.write=true`, makes it so first.
  static void mustBe(String name, String text) {
    Path file = Places.root().resolve("docs").resolve(name);
    try {
      if (Boolean.getBoolean("docs.write")) {
        Files.writeString(file, text);
      }
      if (!Files.exists(file) || !Files.readString(file).equals(text)) {
        fail("docs/" + name + " is out of date; to write it anew: " + REGENERATE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A text within a cell of a table.
  static String cell(String text) {
    return text.strip().replace("\n", " ").replace("|", "\\|");
  }
}
