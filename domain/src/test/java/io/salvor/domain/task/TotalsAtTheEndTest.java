package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.exited;
import static io.salvor.domain.task.Samples.gone;
import static io.salvor.domain.task.Samples.said;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.domain.task.Observation.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An agent that kept a record beside its output has used what that says by its end.
final class TotalsAtTheEndTest {
  private static OutputBatch atTheEnd(long tokens) {
    var total = new Usage(tokens, 0, 0, 0, 1, Optional.empty(), CostSource.UNKNOWN);
    return new OutputBatch(10, 10, List.of(new AgentEvent.Used(Samples.line(0), total)));
  }

  @Test
  void what_was_used_since_the_last_line_counts_and_is_recorded_once_Z22() {
    TaskStory story = TaskStory.running().output(said(0)).see(new Finding.Exited());

    story.output(atTheEnd(300_000));
    assertThat(story.task().progress().usage().inputTokens()).isEqualTo(300_000);

    Outcome again = story.seeing(new Finding.Output(atTheEnd(300_000)));
    assertThat(again).as("an end that is tried again").isInstanceOf(Outcome.Dropped.class);

    story.see(gone(exited(1)));
    assertThat(story.task().attempts().getLast().progress().usage().inputTokens())
        .isEqualTo(300_000);
  }
}
