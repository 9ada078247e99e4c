package io.salvor.process.protocol;

import io.salvor.domain.agent.Installation.Lack;
import io.salvor.domain.agent.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where an agent's program comes from, and what it needs beside itself.
///
/// @param install the command that installs it
/// @param versionsSeen those that the tests ran with
/// @param login what to do where it has no credentials
/// @param probe arguments with which it shows that what it relies on is there; empty for none
/// @param probeFails what it lacks where that run fails
public record Distribution(
    String install, List<String> versionsSeen, Lack login, List<String> probe, Lack probeFails) {
  private static final Lack NOTHING = new Lack("", "");

  private static final Distribution CLAUDE =
      new Distribution(
          "npm install -g @anthropic-ai/claude-code",
          List.of("2.1.197"),
          new Lack("Claude Code has no key and no login", "claude /login"),
          List.of(),
          NOTHING);

  private static final Distribution CODEX =
      new Distribution(
          "npm install -g @openai/codex",
          List.of("0.169.0"),
          new Lack("Codex has no key and no login", "codex login"),
          List.of("sandbox", "--", "true"),
          new Lack(
              "Codex's sandbox does not work on this host, so that it can run nothing under the"
                  + " profiles read and edit",
              "sysctl kernel.unprivileged_userns_clone kernel.apparmor_restrict_unprivileged_userns"));

  private static final Distribution GEMINI =
      new Distribution(
          "npm install -g @google/gemini-cli",
          List.of("0.61.0"),
          new Lack(
              "Gemini CLI has no key and no login",
              "gemini, and choose how to sign in; or set GEMINI_API_KEY"),
          List.of(),
          NOTHING);

  private static final Distribution OPENCODE =
      new Distribution(
          "npm install -g opencode-ai",
          List.of("1.18.33"),
          new Lack("OpenCode has no provider's key and no login", "opencode auth login"),
          List.of(),
          NOTHING);

  /// The one of a protocol; empty for programs of the user's own.
  public static Optional<Distribution> of(Protocol protocol) {
    return switch (protocol) {
      case CLAUDE -> Optional.of(CLAUDE);
      case CODEX -> Optional.of(CODEX);
      case GEMINI -> Optional.of(GEMINI);
      case OPENCODE -> Optional.of(OPENCODE);
      case COMMAND -> Optional.empty();
    };
  }

  /// Whether an agent of `protocol` finds credentials with these variables, or a configuration that
  /// may bring them.
  public static boolean hasCredentials(Protocol protocol, Map<String, String> variables) {
    return switch (protocol) {
      case CLAUDE ->
          any(
                  variables,
                  "ANTHROPIC_API_KEY",
                  "ANTHROPIC_AUTH_TOKEN",
                  "CLAUDE_CODE_OAUTH_TOKEN",
                  "CLAUDE_CODE_USE_BEDROCK",
                  "CLAUDE_CODE_USE_VERTEX")
              || exists(variables, "CLAUDE_CONFIG_DIR", ".claude", ".credentials.json")
              || exists(variables, "CLAUDE_CONFIG_DIR", ".claude", "settings.json");
      case CODEX ->
          any(variables, "OPENAI_API_KEY", "CODEX_API_KEY", "CODEX_ACCESS_TOKEN")
              || exists(variables, "CODEX_HOME", ".codex", "auth.json")
              || exists(variables, "CODEX_HOME", ".codex", "config.toml");
      case COMMAND -> true;
      case GEMINI ->
          any(
                  variables,
                  "GEMINI_API_KEY",
                  "GOOGLE_API_KEY",
                  "GOOGLE_GENAI_USE_GCA",
                  "GOOGLE_GENAI_USE_VERTEXAI")
              || exists(variables, "GEMINI_CLI_HOME", "", ".gemini/oauth_creds.json")
              || exists(variables, "GEMINI_CLI_HOME", "", ".gemini/settings.json");
      case OPENCODE ->
          any(variables, "OPENCODE_CONFIG", "OPENCODE_CONFIG_CONTENT", "OPENCODE_CONFIG_DIR")
              || OpenCodeProtocol.KEYS.stream().anyMatch(key -> any(variables, key))
              || exists(variables, "XDG_DATA_HOME", ".local/share", "opencode/auth.json")
              || exists(variables, "XDG_CONFIG_HOME", ".config", "opencode/opencode.json")
              || exists(variables, "XDG_CONFIG_HOME", ".config", "opencode/opencode.jsonc");
    };
  }

  private static boolean any(Map<String, String> variables, String... names) {
    return Arrays.stream(names).anyMatch(name -> !variables.getOrDefault(name, "").isEmpty());
  }

  /// Whether there is a file in the folder that `variable` names, or else in one of the home.
  private static boolean exists(
      Map<String, String> variables, String variable, String usual, String file) {
    String named = variables.getOrDefault(variable, "");
    Path folder =
        named.isEmpty() ? Path.of(variables.getOrDefault("HOME", "/"), usual) : Path.of(named);
    return Files.exists(folder.resolve(file));
  }
}
