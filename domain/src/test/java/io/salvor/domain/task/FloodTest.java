package io.salvor.domain.task;

import static io.salvor.domain.task.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An attempt that talks without end: what is recorded of it.
final class FloodTest {
  private static final AgentEvent WORD = Samples.lastWord(0, Verdict.SUCCESS);
  private static final List<AgentEvent> TELLING =
      List.of(
          new AgentEvent.SessionStarted(line(0), "s", Optional.empty()),
          Samples.costs(0, 1),
          new AgentEvent.Asked(line(0), "which?"),
          new AgentEvent.ReloadAsked(line(0)),
          WORD);

  private static Progress after(int events) {
    Progress progress = Progress.NONE;
    for (int i = 0; i < events; i++) {
      progress = progress.after(Samples.said(0), 10);
    }
    return progress;
  }

  @Test
  void before_it_is_a_flood_all_is_recorded() {
    List<AgentEvent> events = List.of(Samples.said(0), Samples.called(0), WORD);
    assertThat(Flood.recorded(after(Flood.BEGINS - 1), events)).isEqualTo(events);
  }

  @Test
  void in_a_flood_what_decides_something_is_recorded() {
    Progress flood = after(Flood.BEGINS);
    for (AgentEvent telling : TELLING) {
      assertThat(Flood.recorded(flood, List.of(Samples.said(0), telling, Samples.called(1))))
          .containsExactly(telling);
    }
    assertThat(
            Flood.recorded(
                flood, List.of(Samples.said(0), Samples.called(0), Samples.returned(0), WORD)))
        .containsExactly(WORD);
  }

  @Test
  void how_far_it_was_read_is_recorded_in_any_case_Z10() {
    Progress flood = after(Flood.BEGINS);
    assertThat(Flood.recorded(flood, List.of(Samples.said(0), Samples.called(0))))
        .containsExactly(Samples.called(0));
    assertThat(Flood.recorded(flood, List.of())).isEmpty();
  }
}
