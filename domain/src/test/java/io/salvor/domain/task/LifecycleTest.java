package io.salvor.domain.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The table `transitions.txt` says, line by line, what must lead where; here it is compared with
/// what the deciders do.
class LifecycleTest {
  private static final SequencedSet<String> DERIVED = derived();

  static List<String> expected() throws IOException {
    try (InputStream table = LifecycleTest.class.getResourceAsStream("/transitions.txt")) {
      String text =
          new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("expected")
  void a_transition_leads_where_it_should(String line) {
    assertThat(DERIVED).contains(line);
  }

  @Test
  void there_is_no_transition_without_a_test() throws IOException {
    var untested = new LinkedHashSet<>(DERIVED);
    untested.removeAll(expected());
    assertThat(untested)
        .as("transitions that no line of domain/src/test/resources/transitions.txt tests")
        .isEmpty();
  }

  @Test
  void every_state_has_an_example() {
    for (TaskState.Kind kind : TaskState.Kind.values()) {
      assertThat(Lifecycle.examplesOf(kind)).as("examples of %s", kind).isNotEmpty();
    }
  }

  @Test
  void the_picture_in_docs_is_what_the_deciders_do() throws IOException {
    if (Boolean.getBoolean("lifecycle.write")) {
      Lifecycle.write();
    }
    String committed = Files.exists(Lifecycle.file()) ? Files.readString(Lifecycle.file()) : "";
    if (!committed.equals(Lifecycle.page())) {
      fail("docs/lifecycle.md is out of date; to write it anew: " + Lifecycle.REGENERATE);
    }
  }

  private static SequencedSet<String> derived() {
    var lines = new LinkedHashSet<String>();
    Lifecycle.transitions().forEach(it -> lines.add(it.toString()));
    return lines;
  }
}
