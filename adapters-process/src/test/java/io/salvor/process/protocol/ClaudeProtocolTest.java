package io.salvor.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.id.AttemptRef;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How Claude Code is called.
final class ClaudeProtocolTest {

  @Test
  void a_fresh_start_has_a_session_that_is_known_beforehand_and_again_after_a_crash() {
    List<String> first = command(PermissionProfile.EDIT, Optional.empty(), true);
    List<String> again = command(PermissionProfile.EDIT, Optional.empty(), true);

    assertThat(first).isEqualTo(again).contains("--session-id").doesNotContain("--resume");
    assertThat(first)
        .containsSequence(
            "claude", "-p", "--output-format", "stream-json", "--verbose", "--session-id");
  }

  @Test
  void a_session_is_resumed_by_its_id() {
    assertThat(command(PermissionProfile.EDIT, Optional.of("s-1"), true))
        .containsSequence("--resume", "s-1")
        .doesNotContain("--session-id");
  }

  @Test
  void model_and_limits_are_the_agent_s_own_too() {
    assertThat(command(PermissionProfile.EDIT, Optional.empty(), true))
        .containsSequence("--model", "opus")
        .containsSequence("--max-budget-usd", "5");
  }

  @Test
  void each_profile_has_its_flags_Z18() {
    assertThat(command(PermissionProfile.READ, Optional.empty(), false))
        .containsSequence("--disallowedTools", "Bash,Edit,MultiEdit,NotebookEdit,Write");
    assertThat(command(PermissionProfile.EDIT, Optional.empty(), false))
        .containsSequence("--permission-mode", "acceptEdits", "--allowedTools")
        .doesNotContain("--dangerously-skip-permissions");
    assertThat(command(PermissionProfile.FULL, Optional.empty(), false))
        .contains("--dangerously-skip-permissions");
  }

  @Test
  void the_superuser_may_not_skip_permissions_and_gets_the_widest_list() {
    assertThat(command(PermissionProfile.FULL, Optional.empty(), true))
        .doesNotContain("--dangerously-skip-permissions")
        .contains("--allowedTools");
  }

  @ParameterizedTest
  @CsvSource({
    "https://gateway.example.org/anthropic, gateway.example.org",
    "http://user:secret@127.0.0.1:8080, 127.0.0.1:8080",
    "not a url, ''",
    "'', ''",
  })
  void of_the_endpoint_the_host_is_told(String url, String endpoint) {
    assertThat(protocol(true).endpoint(Map.of("ANTHROPIC_BASE_URL", url))).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC_API_KEY, true",
    "CLAUDE_CONFIG_DIR, true",
    "CLAUDE_CODE_MAX_RETRIES, true",
    "CLAUDECODE, false",
    "CLAUDE_CODE_SESSION_ID, false",
    "CLAUDE_CODE_ENTRYPOINT, false",
    "CLAUDE_JOB_DIR, false",
    "AWS_SECRET_ACCESS_KEY, false",
    "OPENAI_API_KEY, false",
  })
  void it_gets_its_own_variables_and_no_mark_of_another_session_Z18(String name, boolean needed) {
    assertThat(protocol(true).needs(name, Map.of(name, "x"))).isEqualTo(needed);
  }

  @Test
  void keys_of_a_cloud_are_given_where_that_cloud_is_chosen() {
    assertThat(protocol(true).needs("AWS_REGION", Map.of("CLAUDE_CODE_USE_BEDROCK", "1"))).isTrue();
  }

  private static ClaudeProtocol protocol(boolean root) {
    return new ClaudeProtocol(new Excerpts(Redactor.of(Map.of())), root);
  }

  private static List<String> command(
      PermissionProfile profile, Optional<String> session, boolean root) {
    Agent agent =
        new Agent("claude", Protocol.CLAUDE, profile, List.of("claude"), Optional.of("opus"));
    return protocol(root)
        .command(
            new LaunchOrder(
                new AttemptRef(TaskId.of("01890000-0000-7000-8000-000000000001"), 2, 9),
                new DisplayId(1),
                agent,
                "/work",
                "/project",
                "do it",
                session,
                Limits.DEFAULT));
  }
}
