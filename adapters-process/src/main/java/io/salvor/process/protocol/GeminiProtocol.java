package io.salvor.process.protocol;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.process.text.Excerpts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// Gemini CLI without a terminal, with a stream of JSON lines; the prompt comes on standard input.
final class GeminiProtocol implements AgentProtocol {
  private static final Set<String> REACH_OUT = Set.of("google_web_search", "web_fetch");
  private static final Set<String> MORE_THAN_READ =
      Set.of(
          "activate_skill",
          "google_web_search",
          "invoke_agent",
          "replace",
          "run_shell_command",
          "save_memory",
          "web_fetch",
          "write_file");

  /// Its own settings; never the marks that a session leaves for what it starts itself, such as
  /// `GEMINI_CLI`, `GEMINI_PTY_INFO` and `GEMINI_CLI_IDE_SERVER_PORT`.
  private static final Set<String> SETTINGS =
      Set.of(
          "CODE_ASSIST_ENDPOINT",
          "GEMINI_API_KEY",
          "GEMINI_API_KEY_AUTH_MECHANISM",
          "GEMINI_CLI_CUSTOM_HEADERS",
          "GEMINI_CLI_HOME",
          "GEMINI_CLI_SYSTEM_DEFAULTS_PATH",
          "GEMINI_CLI_SYSTEM_SETTINGS_PATH",
          "GEMINI_CLI_TRUSTED_FOLDERS_PATH",
          "GEMINI_CLI_USE_COMPUTE_ADC",
          "GEMINI_DEFAULT_AUTH_TYPE",
          "GEMINI_MODEL",
          "GEMINI_SYSTEM_MD",
          "GOOGLE_API_KEY",
          "GOOGLE_APPLICATION_CREDENTIALS",
          "GOOGLE_CLOUD_ACCESS_TOKEN",
          "GOOGLE_CLOUD_LOCATION",
          "GOOGLE_CLOUD_PROJECT",
          "GOOGLE_CLOUD_PROJECT_ID",
          "GOOGLE_CLOUD_QUOTA_PROJECT",
          "GOOGLE_CLOUD_REGION",
          "GOOGLE_CLOUD_UNIVERSE_DOMAIN",
          "GOOGLE_GEMINI_BASE_URL",
          "GOOGLE_GENAI_API_VERSION",
          "GOOGLE_GENAI_USE_GCA",
          "GOOGLE_GENAI_USE_VERTEXAI",
          "GOOGLE_VERTEX_BASE_URL");

  /// For want of a way to sign in; of an input or session that it knows; of a sandbox; of sound
  /// settings; of turns; of a tool that works; of trust; and when it was cancelled.
  private static final Set<Integer> OWN_EXITS = Set.of(0, 1, 41, 42, 44, 52, 53, 54, 55, 130);

  private static final int NO_SIGN_IN = 41;

  /// What a provider answers with when it refuses. The CLI exits with such a status itself, of
  /// which the system keeps the lowest eight bits; none of these then looks like one of its own
  /// exits, or like a signal that ends a process.
  private static final List<Integer> REFUSALS =
      List.of(400, 401, 403, 404, 408, 429, 500, 502, 503, 504, 529);

  private final Excerpts excerpts;
  private final GeminiPolicies policies;

  GeminiProtocol(Excerpts excerpts, GeminiPolicies policies) {
    this.excerpts = excerpts;
    this.policies = policies;
  }

  @Override
  public List<String> command(LaunchOrder order) {
    Agent agent = order.agent();
    List<String> command = new ArrayList<>(agent.command());
    command.addAll(List.of("--output-format", "stream-json"));
    order
        .session()
        .ifPresentOrElse(
            session -> command.addAll(List.of("--resume", session)),
            () -> command.addAll(List.of("--session-id", FreshSession.of(order))));
    agent.model().ifPresent(model -> command.addAll(List.of("--model", model)));
    command.addAll(permissions(agent.profile()));
    return List.copyOf(command);
  }

  /// What is not allowed is refused at once, since nobody is there to answer; what a profile denies
  /// as a whole the model is not even told of. `auto_edit` would not do for the edit profile: it
  /// refuses `rm -rf build` and the like.
  private List<String> permissions(PermissionProfile profile) {
    return switch (profile) {
      case READ ->
          List.of("--approval-mode", "default", "--admin-policy", policies.read().toString());
      case EDIT ->
          List.of(
              "--approval-mode",
              "yolo",
              "--policy",
              policies.edit().toString(),
              "--policy",
              "~/.gemini/policies"); // the user's own, which the flag would replace
      case FULL -> List.of("--approval-mode", "yolo");
    };
  }

  /// One process instead of a launcher, which lets signals pass it by, and its child; and the
  /// workspace is trusted, without which no mode but `default` is granted.
  @Override
  public Map<String, String> environment(LaunchOrder order) {
    return Map.of("GEMINI_CLI_NO_RELAUNCH", "true", "GEMINI_CLI_TRUST_WORKSPACE", "true");
  }

  @Override
  public boolean needs(String name, Map<String, String> available) {
    return SETTINGS.contains(name);
  }

  @Override
  public String endpoint(Map<String, String> passed) {
    String vertex = passed.getOrDefault("GOOGLE_VERTEX_BASE_URL", "");
    boolean throughVertex = passed.getOrDefault("GOOGLE_GENAI_USE_VERTEXAI", "").equals("true");
    return Endpoint.of(throughVertex ? vertex : passed.getOrDefault("GOOGLE_GEMINI_BASE_URL", ""));
  }

  @Override
  public boolean exitsWith(int status) {
    return OWN_EXITS.contains(status) || providerStatus(status).isPresent();
  }

  @Override
  public OptionalInt providerStatus(int status) {
    return status == NO_SIGN_IN
        ? OptionalInt.of(401)
        : REFUSALS.stream()
            .mapToInt(Integer::intValue)
            .filter(it -> it % 256 == status)
            .findFirst();
  }

  @Override
  public LineReader reader(Listening listening) {
    return new GeminiReader(excerpts, listening.prices(), withheld(listening.agent().profile()));
  }

  /// Tools that a profile hides from the model.
  private static Set<String> withheld(PermissionProfile profile) {
    return switch (profile) {
      case READ -> MORE_THAN_READ;
      case EDIT -> REACH_OUT;
      case FULL -> Set.of();
    };
  }
}
