package io.salvor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final int SEEDS = 20;

  @Test
  void a_seed_tells_the_same_story_in_every_JVM() throws Exception {
    List<String> here = tracesInAnotherJvm();
    assertThat(here).hasSize(SEEDS);
    assertThat(tracesInAnotherJvm()).isEqualTo(here);
    StoryResult inThisOne = Simulation.tell(Dice.ofSeed(1), true);
    assertThat(here.getFirst()).isEqualTo("1 %016x".formatted(inThisOne.hash()));
  }

  @Test
  void a_story_is_told_again_from_its_rolls() {
    StoryResult first = Simulation.tell(Dice.ofSeed(7), false);
    StoryResult again = Simulation.tell(Dice.replaying(first.rolls()), false);
    assertThat(again.hash()).isEqualTo(first.hash());
    assertThat(again.steps()).isEqualTo(first.steps());
  }

  @Test
  void another_seed_tells_another_story() {
    assertThat(Simulation.tell(Dice.ofSeed(8), false).hash())
        .isNotEqualTo(Simulation.tell(Dice.ofSeed(9), false).hash());
  }

  private static List<String> tracesInAnotherJvm() throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SalvorSim.class.getName(),
                "--stories",
                Integer.toString(SEEDS),
                "--hashes")
            .redirectErrorStream(true)
            .start();
    String out = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(jvm.waitFor()).as(out).isZero();
    return out.lines().filter(line -> line.matches("\\d+ [0-9a-f]{16}")).toList();
  }
}
