package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.Exit;
import io.salvor.domain.agent.Heard;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Spawn;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.LabBench.Run;
import io.salvor.process.lab.GeminiCli;
import io.salvor.process.lab.ScriptedModel;
import io.salvor.process.lab.Turn;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gemini CLI itself.
@Order(3)
final class RealGeminiTest extends RealAgentContract {
  RealGeminiTest() {
    super(new GeminiCli());
  }

  @Override
  Usage twoTurns() {
    return new Usage(1600, 100, 400, 0, 2, Optional.of(new MicroUsd(3_050)), CostSource.PRICED);
  }

  @Test
  void a_resumed_session_counts_from_nothing_Z22() throws Exception {
    try (ScriptedModel model = ScriptedModel.running(COMMIT)) {
      LabBench bench = bench(model);
      Agent agent = bench.agent(PermissionProfile.EDIT);
      Run first = bench.run(bench.order(agent, Optional.empty()));
      Run second = bench.run(bench.order(agent, Optional.of(first.session())));

      assertThat(second.usage())
          .isEqualTo(
              new Usage(800, 50, 200, 0, 1, Optional.of(new MicroUsd(1_525)), CostSource.PRICED));
    }
  }

  /// The output tells none of this before the end, and nothing where it never comes. It writes its
  /// measurements in batches, so that two requests may be told as one.
  @Test
  void tokens_and_money_are_known_while_it_works_Z22() throws Exception {
    try (ScriptedModel model = new ScriptedModel(List.of(Turn.run(COMMIT), Turn.hang()))) {
      LabBench bench = bench(model);
      LaunchOrder order = bench.order(bench.agent(PermissionProfile.EDIT), Optional.empty());
      Spawn.Started started = bench.start(order);
      Heard heard = new Heard(0).until(event -> isMoney(event, 800));
      bench.watch(order, started.process(), heard);
      assertThat(lives(started.process().pid())).isTrue();
      bench.end(order, started, new Heard(heard.until()));
    }
  }

  private static boolean isMoney(AgentEvent event, long tokens) {
    return event instanceof AgentEvent.Used used
        && used.total().source() == CostSource.ACCUMULATED
        && used.total().inputTokens() == tokens;
  }

  @ParameterizedTest
  @CsvSource({"401", "403", "429", "500", "503", "529", "400"})
  void what_its_provider_answers_is_told_by_its_exit_Z20(int status) throws Exception {
    try (ScriptedModel model = new ScriptedModel(List.of(Turn.fail(status)))) {
      Run run = bench(model).run(PermissionProfile.EDIT);

      assertThat(run.lastWord().verdict()).isEqualTo(Verdict.ERROR);
      assertThat(run.evidence().exit())
          .isEqualTo(new Exit.Status(status % 256, true, OptionalInt.of(status)));
    }
  }

  @Test
  void a_run_that_it_stops_for_a_loop_is_no_success_although_it_says_so_Z20() throws Exception {
    try (ScriptedModel model =
        ScriptedModel.running(Collections.nCopies(10, "true").toArray(String[]::new))) {
      Run run = bench(model).run(PermissionProfile.EDIT);

      assertThat(run.lastWord().verdict()).isEqualTo(Verdict.ERROR);
      assertThat(run.evidence().exit()).isEqualTo(new Exit.Status(0, true));
    }
  }

  @Test
  void under_the_edit_profile_it_removes_and_links_unasked() throws Exception {
    try (ScriptedModel model =
        ScriptedModel.running("mkdir -p build && rm -rf build && ln -s a b && rm -f b")) {
      Run run = bench(model).run(PermissionProfile.EDIT);

      assertThat(run.only(AgentEvent.ToolReturned.class))
          .extracting(AgentEvent.ToolReturned::ok)
          .containsExactly(true);
      assertThat(run.lastWord().deniedTools()).isEmpty();
    }
  }

  @Test
  void where_its_requests_go_is_noted() throws Exception {
    try (ScriptedModel model = ScriptedModel.running()) {
      assertThat(bench(model).run(PermissionProfile.READ).started().note().endpoint())
          .isEqualTo(model.address());
    }
  }

  /// As it does by itself, which we keep it from: the launcher lets signals pass by.
  @Test
  void where_it_starts_a_child_both_are_ended_Z6() throws Exception {
    try (ScriptedModel model = new ScriptedModel(List.of(Turn.hang()))) {
      LabBench bench = bench(model);
      Agent usual = bench.agent(PermissionProfile.EDIT);
      LaunchOrder order = bench.order(relaunching(bench, usual), Optional.empty());
      Spawn.Started started = bench.start(order);
      model.awaitHanging();
      List<Long> children = children(started);
      assertThat(children).hasSize(1);

      bench.end(order, started, new Heard(0));

      assertThat(children).noneMatch(RealGeminiTest::lives);
      assertThat(lives(started.process().pid())).isFalse();
    }
  }

  @Test
  void where_its_launcher_is_killed_its_child_is_ended_Z6() throws Exception {
    try (ScriptedModel model = new ScriptedModel(List.of(Turn.hang()))) {
      LabBench bench = bench(model);
      Agent usual = bench.agent(PermissionProfile.EDIT);
      LaunchOrder order = bench.order(relaunching(bench, usual), Optional.empty());
      Spawn.Started started = bench.start(order);
      model.awaitHanging();
      List<Long> children = children(started);
      assertThat(children).hasSize(1);

      ProcessHandle.of(started.process().pid()).ifPresent(ProcessHandle::destroyForcibly);
      Heard heard = new Heard(0);
      bench.watch(order, started.process(), heard);
      assertThat(children).allMatch(RealGeminiTest::lives);
      Run run = bench.end(order, started, heard);

      assertThat(children).noneMatch(RealGeminiTest::lives);
      assertThat(run.evidence().survivorsKilled()).isEqualTo(1);
    }
  }

  private static Agent relaunching(LabBench bench, Agent usual) {
    return bench.agent(
        usual.profile(),
        List.of(
            "sh",
            "-c",
            "unset GEMINI_CLI_NO_RELAUNCH; exec \"$0\" \"$@\"",
            usual.command().getFirst()),
        usual.model());
  }

  private static List<Long> children(Spawn.Started started) {
    return ProcessHandle.of(started.process().pid())
        .orElseThrow()
        .children()
        .map(ProcessHandle::pid)
        .toList();
  }

  /// What is dead and whose parent has not looked yet does not live.
  private static boolean lives(long pid) {
    return ProcessTable.scan().find(pid).filter(ProcessEntry::alive).isPresent();
  }
}
