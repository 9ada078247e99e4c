package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.protocol.LineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputTailTest {
  private static final Usage TOTALS =
      new Usage(300_000, 0, 0, 0, 1, Optional.empty(), CostSource.UNKNOWN);

  @TempDir private Path folder;

  /// Knows its totals from a record beside the output, and says a word of each line.
  private static final class Beside implements LineReader {
    private ByteRange latest = new ByteRange(0, 0);

    @Override
    public List<AgentEvent> read(ByteRange at, String line) {
      latest = at;
      return List.of(new AgentEvent.Said(at, line));
    }

    @Override
    public List<AgentEvent> end() {
      return List.of(new AgentEvent.Said(latest, "again"), new AgentEvent.Used(latest, TOTALS));
    }
  }

  @Test
  void totals_that_only_show_at_the_end_are_told_though_its_last_line_was_heard_before_Z22()
      throws IOException {
    Path output = Files.writeString(folder.resolve("output"), "one\ntwo\n");
    long heard = Files.size(output);
    try (var tail = new OutputTail(output, new Beside(), heard, 1_000)) {
      assertThat(tail.next(heard)).isEmpty();

      OutputBatch last = tail.last().orElseThrow();

      assertThat(last.events())
          .as("and no word is said twice")
          .containsExactly(new AgentEvent.Used(new ByteRange(4, 3), TOTALS));
    }
  }
}
