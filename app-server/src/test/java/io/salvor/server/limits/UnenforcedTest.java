package io.salvor.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.task.Samples;
import io.salvor.domain.task.TaskStory;
import io.salvor.server.config.ServerConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What a person is told of limits that cannot be kept.
final class UnenforcedTest {
  private final Unenforced unenforced = new Unenforced(ServerConfig.DEFAULT);

  @Test
  void money_of_a_model_without_a_price_Z22() {
    assertThat(told(agent(Protocol.CODEX, "o9-secret"), Limits.DEFAULT))
        .containsExactly(
            "its limit of $5.00 cannot be kept: codex tells tokens only, and the model o9-secret"
                + " has no price; give it one in config.toml: [prices.\"o9-secret\"]");
    assertThat(told(agent(Protocol.CODEX, "gpt-5"), Limits.DEFAULT)).isEmpty();
    assertThat(told(agent(Protocol.CLAUDE, "o9-secret"), Limits.DEFAULT)).isEmpty();
    assertThat(told(agent(Protocol.CODEX, "o9-secret"), Limits.DEFAULT.withCost(Optional.empty())))
        .isEmpty();
  }

  @Test
  void turns_and_tokens_of_any_program() {
    Limits limits = Limits.DEFAULT.withTurns(OptionalInt.of(9)).withTokens(OptionalLong.of(10_000));
    assertThat(told(agent(Protocol.COMMAND, "m"), limits))
        .containsExactly(
            "its limit of 9 turns is kept only as far as its program tells what it uses",
            "its limit of 10,000 tokens is kept only as far as its program tells what it uses");
    assertThat(told(agent(Protocol.CLAUDE, "m"), limits)).isEmpty();
  }

  private List<String> told(Agent agent, Limits limits) {
    return unenforced.of(TaskStory.added(Samples.specFor(agent, limits, List.of())).task());
  }

  private static Agent agent(Protocol protocol, String model) {
    return new Agent(
        protocol.name().toLowerCase(Locale.ROOT),
        protocol,
        PermissionProfile.EDIT,
        List.of("true"),
        Optional.of(model));
  }
}
