package io.salvor.simulator.bugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BugHuntTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stale-probe",
        "double-admission",
        "effects-lost-at-start",
        "cancelled-and-succeeded"
      })
  void a_deliberate_fault_is_found_within_few_stories(String name) throws Exception {
    Bug bug = all().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    Found found = new BugHunt(ROOT, scratch, System.out).hunt(bug, 1, 2_000);
    System.out.println(found.row());
    assertThat(found.isFound()).isTrue();
  }

  @Test
  void every_fault_still_fits_the_sources() throws IOException {
    List<Bug> all = all();
    assertThat(all).hasSizeGreaterThanOrEqualTo(50);
    for (Bug bug : all) {
      for (Bug.Edit edit : bug.edits()) {
        String source = Files.readString(ROOT.resolve(edit.file()));
        assertThat(edit.in(source)).as(bug.name()).isNotEqualTo(source);
      }
    }
  }

  @Test
  void a_fault_that_does_not_fit_any_more_is_said() {
    var edit = new Bug.Edit("Some.java", "gone\n", "");
    assertThatThrownBy(() -> edit.in("something else\n")).hasMessageContaining("Some.java");
  }

  private static List<Bug> all() throws IOException {
    return Bug.in(ROOT.resolve("simulator/bugs"));
  }
}
