package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.lab.ClaudeCli;
import io.salvor.process.lab.ScriptedModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Claude Code itself.
final class RealClaudeTest extends RealAgentContract {
  RealClaudeTest() {
    super(new ClaudeCli());
  }

  @Override
  Usage twoTurns() {
    return new Usage(2000, 100, 0, 0, 2, Optional.of(new MicroUsd(12_500)), CostSource.RESULT);
  }

  @Test
  void where_its_requests_go_is_noted() throws Exception {
    try (ScriptedModel model = ScriptedModel.running()) {
      assertThat(bench(model).run(PermissionProfile.READ).started().note().endpoint())
          .isEqualTo(model.address());
    }
  }
}
