package io.salvor.domain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskStory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Where the facts of one task go: one clock for what is done with it, one for what its agent says.
final class ThreadsTest {
  private static List<Entry> entries(TaskStory story) {
    var entries = new ArrayList<Entry>();
    @Nullable OpenThread thread = null;
    for (Recorded it : story.log()) {
      OpenThread after = Threads.after(thread, it);
      entries.add(Threads.entry(thread, after, it, Optional.empty(), true));
      thread = after;
    }
    return entries;
  }

  private static List<Entry> of(List<Entry> entries, Class<? extends TaskFact> kind) {
    return entries.stream()
        .filter(it -> kind.isInstance(it.ofTask().orElseThrow().fact()))
        .toList();
  }

  /// Two attempts: the first says three things, the second two.
  private static List<Entry> twoAttempts() {
    TaskStory story =
        TaskStory.finished(Samples.said(0), Samples.said(10), Samples.lastWord(20, Verdict.ERROR));
    story.dispatchResume().claim().see(Samples.preparedReady()).see(Samples.spawned());
    return entries(story.output(Samples.said(0), Samples.said(10)));
  }

  @Test
  void what_is_done_with_a_task_is_counted_without_a_gap() {
    List<Entry> done =
        twoAttempts().stream().filter(it -> it.thread() instanceof ThreadId.OfTask).toList();
    assertThat(done).extracting(Entry::clock).startsWith(1L, 2L, 3L);
    assertThat(done.getLast().clock()).isEqualTo(done.size());
  }

  @Test
  void what_an_agent_says_is_counted_anew_in_each_attempt() {
    List<Entry> said = of(twoAttempts(), TaskFact.Observed.class);
    assertThat(said).extracting(Entry::clock).containsExactly(1L, 2L, 3L, 1L, 2L);
    assertThat(said.getFirst().thread()).isEqualTo(new ThreadId.OfAttempt(Samples.id(1), 1));
    assertThat(said.getLast().thread()).isEqualTo(new ThreadId.OfAttempt(Samples.id(1), 2));
  }

  @Test
  void what_was_done_names_what_it_was_intended_by() {
    List<Entry> entries = twoAttempts();
    Entry intended = of(entries, TaskFact.SpawnIntended.class).getFirst();
    Entry done = of(entries, TaskFact.Spawned.class).getFirst();
    assertThat(done.intent()).isEqualTo(OptionalLong.of(intended.clock()));
    assertThat(intended.intent()).isEmpty();
    assertThat(of(entries, TaskFact.Created.class).getFirst().intent()).isEmpty();
  }

  @Test
  void the_epoch_is_that_of_the_open_attempt() {
    TaskStory story = TaskStory.running();
    AttemptRef open = story.task().attempt().orElseThrow().ref();
    List<Entry> entries = entries(story);
    assertThat(of(entries, TaskFact.Spawned.class).getFirst().attemptEpoch())
        .isEqualTo(open.epoch());
    assertThat(of(entries, TaskFact.Created.class).getFirst().attemptEpoch()).isZero();
  }
}
