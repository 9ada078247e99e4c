package io.salvor.process.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.process.text.Excerpts;
import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How Gemini CLI is called.
final class GeminiProtocolTest {
  private static final GeminiPolicies POLICIES =
      new GeminiPolicies(Path.of("/run/read.toml"), Path.of("/run/edit.toml"));

  private final GeminiProtocol protocol =
      new GeminiProtocol(new Excerpts(Redactor.of(Map.of())), POLICIES);

  @Test
  void a_fresh_start_has_a_session_that_is_known_beforehand_and_again_after_a_crash() {
    List<String> first = command(PermissionProfile.EDIT, Optional.empty());

    assertThat(first)
        .isEqualTo(command(PermissionProfile.EDIT, Optional.empty()))
        .containsSequence("gemini", "--output-format", "stream-json", "--session-id")
        .containsSequence("--model", "a-model")
        .doesNotContain("--resume", "do it");
  }

  @Test
  void a_session_is_resumed_by_its_id() {
    assertThat(command(PermissionProfile.EDIT, Optional.of("s-1")))
        .containsSequence("--resume", "s-1")
        .doesNotContain("--session-id");
  }

  @Test
  void each_profile_has_its_mode_and_its_rules_Z18() {
    assertThat(command(PermissionProfile.READ, Optional.empty()))
        .containsSequence("--approval-mode", "default", "--admin-policy", "/run/read.toml");
    assertThat(command(PermissionProfile.EDIT, Optional.empty()))
        .containsSequence("--approval-mode", "yolo", "--policy", "/run/edit.toml")
        .containsSequence("--policy", "~/.gemini/policies");
    assertThat(command(PermissionProfile.FULL, Optional.empty()))
        .containsSequence("--approval-mode", "yolo")
        .doesNotContain("--policy", "--admin-policy");
  }

  @Test
  void the_rules_are_installed_once_under_a_name_that_tells_their_content(@TempDir Path run)
      throws IOException {
    GeminiPolicies first = GeminiPolicies.install(run);
    GeminiPolicies again = GeminiPolicies.install(run);

    assertThat(again).isEqualTo(first);
    assertThat(Files.readString(first.read())).contains("decision = \"deny\"");
    assertThat(Files.readString(first.edit())).contains("web_fetch");
    try (var files = Files.list(run)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void one_process_runs_in_a_workspace_that_is_trusted() {
    assertThat(protocol.environment(order(PermissionProfile.EDIT, Optional.empty())))
        .containsEntry("GEMINI_CLI_NO_RELAUNCH", "true")
        .containsEntry("GEMINI_CLI_TRUST_WORKSPACE", "true");
  }

  @ParameterizedTest
  @CsvSource({"145, 401", "147, 403", "173, 429", "244, 500", "247, 503", "17, 529", "41, 401"})
  void an_exit_tells_what_the_provider_answered(int exit, int status) {
    assertThat(protocol.providerStatus(exit)).hasValue(status);
    assertThat(protocol.exitsWith(exit)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {134, 137, 139, 143})
  void the_exit_that_a_signal_leaves_is_none_of_its_own(int exit) {
    assertThat(protocol.exitsWith(exit)).isFalse();
    assertThat(protocol.providerStatus(exit)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 42, 53})
  void its_other_exits_tell_nothing_of_the_provider(int exit) {
    assertThat(protocol.exitsWith(exit)).isTrue();
    assertThat(protocol.providerStatus(exit)).isEmpty();
  }

  @Test
  void of_the_endpoint_the_host_is_told() {
    assertThat(protocol.endpoint(Map.of("GOOGLE_GEMINI_BASE_URL", "http://127.0.0.1:8080/x")))
        .isEqualTo("127.0.0.1:8080");
    assertThat(protocol.endpoint(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GEMINI_API_KEY, true",
    "GOOGLE_CLOUD_PROJECT, true",
    "GEMINI_CLI_HOME, true",
    "GEMINI_CLI, false",
    "GEMINI_PTY_INFO, false",
    "GEMINI_CLI_IDE_AUTH_TOKEN, false",
    "GEMINI_SANDBOX, false",
    "ANTHROPIC_API_KEY, false",
  })
  void it_gets_its_own_variables_and_no_mark_of_another_session_Z18(String name, boolean needed) {
    assertThat(protocol.needs(name, Map.of(name, "x"))).isEqualTo(needed);
  }

  private List<String> command(PermissionProfile profile, Optional<String> session) {
    return protocol.command(order(profile, session));
  }

  private static LaunchOrder order(PermissionProfile profile, Optional<String> session) {
    return Orders.order(Protocol.GEMINI, "gemini", profile, session);
  }
}
