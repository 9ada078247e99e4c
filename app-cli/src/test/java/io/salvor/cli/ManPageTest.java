package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManPageTest {
  @TempDir Path directory;

  @Test
  void there_is_a_page_for_salvor_each_group_and_each_command() {
    assertThat(Handout.pages())
        .map(ManPage::file)
        .contains("salvor.1", "salvor-task.1", "salvor-task-add.1", "salvor-status.1")
        .doesNotHaveDuplicates();
  }

  @Test
  void a_page_reads_as_pages_do() throws Exception {
    Path groff = Path.of("/usr/bin/groff");
    assumeTrue(Files.isExecutable(groff), "groff is not installed");
    for (ManPage page : Handout.pages()) {
      Path file = Files.writeString(directory.resolve(page.file()), page.roff());
      var process =
          new ProcessBuilder(
                  groff.toString(), "-man", "-Tutf8", "-ww", "-P-cbou", "-rLL=90n", file.toString())
              .redirectErrorStream(true)
              .start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      assertThat(text).doesNotContain("warning:");
      if (page.file().equals("salvor-task-diff.1")) {
        assertThat(text)
            .contains("salvor-task-diff - Show the work as a diff")
            .contains("salvor task diff [OPTIONS] TASK")
            .contains("--attempt N")
            .contains("salvor task diff TASK-0001 --stat")
            .contains("salvor-task(1), salvor(1)");
      }
    }
  }

  @Test
  void a_line_that_looks_like_a_macro_is_none() {
    List<String> lines = Handout.pages().stream().flatMap(it -> it.roff().lines()).toList();
    assertThat(lines)
        .filteredOn(it -> it.startsWith("."))
        .allMatch(it -> it.matches("\\.(TH|SH|TP|B|ad)( .*)?"));
  }
}
