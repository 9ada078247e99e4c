package io.salvor.process.protocol;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.process.text.Excerpts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// OpenCode's `run` with a stream of JSON lines; the prompt comes on standard input.
final class OpenCodeProtocol implements AgentProtocol {
  private static final String READER = "salvor-read";
  private static final Set<String> REACH_OUT = Set.of("codesearch", "webfetch", "websearch");
  private static final Set<String> MORE_THAN_READ =
      Set.of(
          "apply_patch",
          "bash",
          "codesearch",
          "edit",
          "multiedit",
          "patch",
          "task",
          "webfetch",
          "websearch",
          "write");

  /// An agent of our own, whose rules come after all of the user's; of two that match, the later
  /// counts. `invalid` is what a call of a tool that is not there becomes.
  private static final String READ_CONFIG =
      """
      {"agent":{"salvor-read":{"mode":"primary","description":"Looks, and changes nothing",\
      "permission":{"*":"deny","glob":"allow","grep":"allow","invalid":"allow","list":"allow",\
      "read":"allow","skill":"allow","todoread":"allow","todowrite":"allow"}}}}\
      """;

  private static final String EDIT_RULES =
      """
      {"codesearch":"deny","webfetch":"deny","websearch":"deny"}\
      """;

  /// Its own settings and the usual keys of model providers; never the marks that a session leaves
  /// for what it starts itself, such as `OPENCODE`, `OPENCODE_PID` and `OPENCODE_SERVER_PASSWORD`.
  private static final Set<String> SETTINGS =
      Set.of(
          "ANTHROPIC_API_KEY",
          "AZURE_API_KEY",
          "AZURE_RESOURCE_NAME",
          "CEREBRAS_API_KEY",
          "DEEPSEEK_API_KEY",
          "FIREWORKS_API_KEY",
          "GEMINI_API_KEY",
          "GOOGLE_API_KEY",
          "GOOGLE_GENERATIVE_AI_API_KEY",
          "GROQ_API_KEY",
          "MISTRAL_API_KEY",
          "MOONSHOT_API_KEY",
          "OPENAI_API_KEY",
          "OPENCODE_API_KEY",
          "OPENCODE_AUTH_CONTENT",
          "OPENCODE_CONFIG",
          "OPENCODE_CONFIG_CONTENT",
          "OPENCODE_CONFIG_DIR",
          "OPENCODE_DISABLE_AUTOCOMPACT",
          "OPENCODE_DISABLE_CLAUDE_CODE",
          "OPENCODE_DISABLE_DEFAULT_PLUGINS",
          "OPENCODE_DISABLE_LSP_DOWNLOAD",
          "OPENCODE_DISABLE_MODELS_FETCH",
          "OPENCODE_DISABLE_PRUNE",
          "OPENCODE_EXPERIMENTAL_BASH_DEFAULT_TIMEOUT_MS",
          "OPENCODE_EXPERIMENTAL_OUTPUT_TOKEN_MAX",
          "OPENCODE_MODELS_PATH",
          "OPENCODE_MODELS_URL",
          "OPENROUTER_API_KEY",
          "TOGETHER_API_KEY",
          "XAI_API_KEY",
          "XDG_CACHE_HOME",
          "XDG_DATA_HOME",
          "XDG_STATE_HOME",
          "ZHIPU_API_KEY");

  private final Excerpts excerpts;

  OpenCodeProtocol(Excerpts excerpts) {
    this.excerpts = excerpts;
  }

  /// With a title of ours it asks no model for one, which would cost and not be told. `--auto`
  /// grants what no rule denies: a question would end the run without a last word.
  @Override
  public List<String> command(LaunchOrder order) {
    Agent agent = order.agent();
    List<String> command = new ArrayList<>(agent.command());
    command.addAll(List.of("run", "--format", "json", "--auto"));
    order
        .session()
        .ifPresentOrElse(
            session -> command.addAll(List.of("--session", session)),
            () -> command.addAll(List.of("--title", order.display().toString())));
    agent.model().ifPresent(model -> command.addAll(List.of("--model", model)));
    if (agent.profile() == PermissionProfile.READ) {
      command.addAll(List.of("--agent", READER));
    }
    return List.copyOf(command);
  }

  @Override
  public Map<String, String> environment(LaunchOrder order) {
    Map<String, String> environment = new HashMap<>(Map.of("OPENCODE_DISABLE_AUTOUPDATE", "1"));
    switch (order.agent().profile()) {
      case READ -> environment.put("OPENCODE_CONFIG_CONTENT", READ_CONFIG);
      case EDIT -> environment.put("OPENCODE_PERMISSION", EDIT_RULES);
      case FULL -> {}
    }
    return environment;
  }

  @Override
  public boolean needs(String name, Map<String, String> available) {
    return SETTINGS.contains(name);
  }

  /// The endpoint stands in its own configuration.
  @Override
  public String endpoint(Map<String, String> passed) {
    return "";
  }

  @Override
  public boolean exitsWith(int status) {
    return status == 0 || status == 1;
  }

  @Override
  public LineReader reader(Listening listening) {
    Agent agent = listening.agent();
    return new OpenCodeReader(
        excerpts, listening.prices(), agent.model(), withheld(agent.profile()));
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
