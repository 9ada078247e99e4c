package io.salvor.process.protocol;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.process.text.Excerpts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Claude Code in print mode with a stream of JSON lines; the prompt comes on standard input.
final class ClaudeProtocol implements AgentProtocol {
  private static final String LOOK = "Read,Grep,Glob,TodoWrite";
  private static final String CHANGE = "Bash,Edit,MultiEdit,NotebookEdit,Write";
  private static final String REACH_OUT = "Agent,Task,WebFetch,WebSearch";

  /// Its own settings; never the marks that a session leaves for what it starts itself, such as
  /// `CLAUDECODE`, `CLAUDE_CODE_SESSION_ID`, `CLAUDE_CODE_ENTRYPOINT` and `CLAUDE_JOB_DIR`, which
  /// make a child pose as its parent.
  private static final Set<String> SETTINGS =
      Set.of(
          "API_TIMEOUT_MS",
          "BASH_DEFAULT_TIMEOUT_MS",
          "BASH_MAX_TIMEOUT_MS",
          "CLAUDE_CODE_API_KEY_HELPER_TTL_MS",
          "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
          "CLAUDE_CODE_MAX_OUTPUT_TOKENS",
          "CLAUDE_CODE_MAX_RETRIES",
          "CLAUDE_CODE_OAUTH_TOKEN",
          "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
          "CLAUDE_CODE_SKIP_VERTEX_AUTH",
          "CLAUDE_CODE_USE_BEDROCK",
          "CLAUDE_CODE_USE_VERTEX",
          "CLAUDE_CONFIG_DIR",
          "DISABLE_AUTOUPDATER",
          "DISABLE_ERROR_REPORTING",
          "DISABLE_TELEMETRY",
          "MAX_THINKING_TOKENS");

  private final Excerpts excerpts;
  private final boolean root;

  ClaudeProtocol(Excerpts excerpts, boolean root) {
    this.excerpts = excerpts;
    this.root = root;
  }

  @Override
  public List<String> command(LaunchOrder order) {
    Agent agent = order.agent();
    List<String> command = new ArrayList<>(agent.command());
    command.addAll(List.of("-p", "--output-format", "stream-json", "--verbose"));
    order
        .session()
        .ifPresentOrElse(
            session -> command.addAll(List.of("--resume", session)),
            () -> command.addAll(List.of("--session-id", FreshSession.of(order))));
    agent.model().ifPresent(model -> command.addAll(List.of("--model", model)));
    order
        .limits()
        .turns()
        .ifPresent(turns -> command.addAll(List.of("--max-turns", Integer.toString(turns))));
    order
        .limits()
        .cost()
        .ifPresent(cost ->
            command.addAll(
                List.of(
                    "--max-budget-usd",
                    BigDecimal.valueOf(cost.value(), 6).stripTrailingZeros().toPlainString())));
    command.addAll(permissions(agent.profile()));
    return List.copyOf(command);
  }

  /// What is allowed goes unasked; what is not is refused at once, since nobody is there to answer.
  private List<String> permissions(PermissionProfile profile) {
    return switch (profile) {
      case READ ->
          List.of(
              "--permission-mode", "default", "--allowedTools", LOOK, "--disallowedTools", CHANGE);
      case EDIT ->
          List.of("--permission-mode", "acceptEdits", "--allowedTools", LOOK + "," + CHANGE);
      case FULL ->
          root
              ? List.of(
                  "--permission-mode",
                  "acceptEdits",
                  "--allowedTools",
                  LOOK + "," + CHANGE + "," + REACH_OUT)
              : List.of("--dangerously-skip-permissions");
    };
  }

  @Override
  public Map<String, String> environment(LaunchOrder order) {
    return Map.of("DISABLE_AUTOUPDATER", "1");
  }

  @Override
  public boolean needs(String name, Map<String, String> available) {
    return name.startsWith("ANTHROPIC_")
        || SETTINGS.contains(name)
        || (name.startsWith("AWS_") && available.containsKey("CLAUDE_CODE_USE_BEDROCK"))
        || (available.containsKey("CLAUDE_CODE_USE_VERTEX")
            && (name.startsWith("VERTEX_")
                || name.startsWith("GOOGLE_CLOUD_")
                || name.equals("CLOUD_ML_REGION")
                || name.equals("GOOGLE_APPLICATION_CREDENTIALS")));
  }

  @Override
  public String endpoint(Map<String, String> passed) {
    return Endpoint.of(passed.getOrDefault("ANTHROPIC_BASE_URL", ""));
  }

  @Override
  public boolean exitsWith(int status) {
    return status == 0 || status == 1;
  }

  @Override
  public LineReader reader(Listening listening) {
    return new ClaudeReader(excerpts, listening.prices());
  }
}
