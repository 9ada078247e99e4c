package io.salvor.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// How OpenCode is called.
final class OpenCodeProtocolTest {
  private final OpenCodeProtocol protocol =
      new OpenCodeProtocol(new Excerpts(Redactor.of(Map.of())));

  @Test
  void a_fresh_start_has_a_title_so_that_no_model_is_paid_for_one_Z22() {
    assertThat(command(PermissionProfile.EDIT, Optional.empty()))
        .containsSequence("opencode", "run", "--format", "json", "--auto", "--title", "TASK-0001")
        .containsSequence("--model", "a-model")
        .doesNotContain("--session", "do it");
  }

  @Test
  void a_session_is_resumed_by_its_id() {
    assertThat(command(PermissionProfile.EDIT, Optional.of("ses_1")))
        .containsSequence("--session", "ses_1")
        .doesNotContain("--title", "--fork");
  }

  @ParameterizedTest
  @EnumSource(PermissionProfile.class)
  void no_profile_lets_it_ask_since_nobody_is_there_to_answer(PermissionProfile profile) {
    assertThat(command(profile, Optional.empty())).contains("--auto");
  }

  @Test
  void under_the_read_profile_an_agent_of_our_own_denies_all_that_it_does_not_name_Z18() {
    LaunchOrder order = order(PermissionProfile.READ, Optional.empty());
    JsonNode config =
        Json.object(protocol.environment(order).getOrDefault("OPENCODE_CONFIG_CONTENT", ""))
            .orElseThrow();

    assertThat(protocol.command(order)).containsSequence("--agent", "salvor-read");
    JsonNode rules = config.path("agent").path("salvor-read").path("permission");
    assertThat(rules.propertyNames()).startsWith("*").doesNotContain("bash", "edit", "task");
    assertThat(rules.path("*").asString()).isEqualTo("deny");
  }

  @Test
  void under_the_edit_profile_the_web_is_denied_and_under_the_full_one_nothing_Z18() {
    LaunchOrder edit = order(PermissionProfile.EDIT, Optional.empty());
    JsonNode rules =
        Json.object(protocol.environment(edit).getOrDefault("OPENCODE_PERMISSION", ""))
            .orElseThrow();

    assertThat(rules.path("webfetch").asString()).isEqualTo("deny");
    assertThat(rules.has("bash")).isFalse();
    assertThat(protocol.environment(order(PermissionProfile.FULL, Optional.empty())))
        .containsOnlyKeys("OPENCODE_DISABLE_AUTOUPDATE");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENCODE_CONFIG, true",
    "XDG_DATA_HOME, true",
    "OPENROUTER_API_KEY, true",
    "OPENCODE, false",
    "OPENCODE_PID, false",
    "OPENCODE_SERVER_PASSWORD, false",
    "GITHUB_TOKEN, false",
    "AWS_SECRET_ACCESS_KEY, false",
  })
  void it_gets_its_own_variables_and_no_mark_of_another_session_Z18(String name, boolean needed) {
    assertThat(protocol.needs(name, Map.of(name, "x"))).isEqualTo(needed);
  }

  @Test
  void its_exits_are_0_and_1() {
    assertThat(protocol.exitsWith(1)).isTrue();
    assertThat(protocol.exitsWith(143)).isFalse();
    assertThat(protocol.providerStatus(1)).isEmpty();
  }

  private List<String> command(PermissionProfile profile, Optional<String> session) {
    return protocol.command(order(profile, session));
  }

  private static LaunchOrder order(PermissionProfile profile, Optional<String> session) {
    return Orders.order(Protocol.OPENCODE, "opencode", profile, session);
  }
}
