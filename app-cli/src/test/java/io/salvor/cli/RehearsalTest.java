package io.salvor.cli;

import org.junit.jupiter.api.Test;

final class RehearsalTest {
  @Test
  void the_usual_commands_can_be_rehearsed_without_a_server() throws Exception {
    Rehearsal.main(new String[0]);
  }
}
