package io.salvor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StoriesTest {
  private static final int STORIES = 1_500;

  @Test
  void the_invariants_hold_in_stories_that_nobody_has_told_before() {
    long seed = System.nanoTime();
    System.out.println("stories from seed " + seed);
    assertThat(failuresOf(seed)).isEmpty();
  }

  @Test
  void stories_lead_into_every_state_and_meet_most_inputs_there() {
    var told = new ByteArrayOutputStream();
    var sim = new SalvorSim(new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(sim.tellMany(1, STORIES, false)).isZero();
    assertThat(sim.coverage().states()).hasSize(20);
    assertThat(sim.coverage().pairs()).isGreaterThan(200);
    assertThat(sim.coverage().missing()).as("kinds of faults that never came about").isEmpty();
    System.out.println(told.toString(StandardCharsets.UTF_8));
  }

  private static String failuresOf(long seed) {
    var told = new ByteArrayOutputStream();
    var sim = new SalvorSim(new PrintStream(told, true, StandardCharsets.UTF_8));
    return sim.tellMany(seed, STORIES, false) == 0 ? "" : told.toString(StandardCharsets.UTF_8);
  }
}
