package io.salvor.server.engine;

import static io.salvor.domain.task.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.engine.Effect;
import io.salvor.domain.engine.Effect.Kind;
import io.salvor.domain.engine.EngineCore;
import io.salvor.domain.engine.EnginePolicy;
import io.salvor.domain.task.Observation.Finding;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskCommand;
import io.salvor.domain.task.TaskStory;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.records.MemoryRecordLog;
import io.salvor.records.StoreIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found where the workspace never answers: the effect is wanted no more (Z28).
class GiveUpTest {
  private final ScriptedWorld world = new ScriptedWorld();
  private final HostClock clock = new HostClock();
  private @TempDir Path home;

  private static TaskStory failed() {
    return TaskStory.running()
        .see(new Finding.Exited())
        .see(new Finding.Gone(Samples.exited(1), Samples.dirty()));
  }

  private static TaskStory reset() {
    return failed().ask(new TaskCommand.Reset(id(1), "wrong way", Samples.dirty()));
  }

  private static TaskStory salvaged() {
    return failed()
        .ask(new TaskCommand.Salvage(id(1), "saved", Optional.empty(), Samples.dirty(), List.of()));
  }

  private static TaskStory merged() {
    return TaskStory.inReview()
        .approve(Samples.BOB)
        .mergeAndPush()
        .see(new Finding.MergeTried(new MergeOutcome.Merged("d".repeat(40))));
  }

  private static List<TaskStory> stories() {
    return List.of(
        reset(),
        TaskStory.addedAndDispatched(Samples.spec()).claim(),
        TaskStory.addedAndDispatched(Samples.spec()).claim().see(Samples.preparedReady()),
        TaskStory.running().see(new Finding.Exited()),
        salvaged(),
        TaskStory.inReview().approve(Samples.BOB).merge(),
        merged());
  }

  @Test
  void whatever_the_effect_it_is_wanted_no_more_and_the_reason_is_kept() throws Exception {
    var world = new World("l", this.world, this.world, this.world, _ -> "", new SetupMarks(home));
    var steps = new EffectSteps(world, clock, Optional.empty());
    var log = new MemoryRecordLog(new StoreIdentity(UUID.randomUUID(), 1));
    var core = new EngineCore(EnginePolicy.DEFAULT, log.restore());
    var engine = new EngineLoop(core, log, EngineLoop.Effects.NONE, _ -> {}, _ -> {});
    var reporter = new Reporter(engine, clock);

    var kinds = new ArrayList<Kind>();
    for (TaskStory story : stories()) {
      Effect effect = Effect.wantedBy(story.task()).orElseThrow();
      kinds.add(effect.kind());
      story.see(steps.giveUp(effect, "the disk is gone", "bring it back", reporter).orElseThrow());
      assertThat(Effect.wantedBy(story.task()).map(Effect::kind))
          .as("after %s", effect)
          .isNotEqualTo(Optional.of(effect.kind()));
      assertThat(story.log().getLast().toString()).contains("the disk is gone");
    }
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            Kind.RESET, Kind.PREPARE, Kind.SPAWN, Kind.END, Kind.VERIFY, Kind.MERGE, Kind.PUSH);
  }
}
