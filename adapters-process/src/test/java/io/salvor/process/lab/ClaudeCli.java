package io.salvor.process.lab;

import io.salvor.domain.agent.Protocol;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Claude Code.
public final class ClaudeCli implements RealAgent {
  @Override
  public String name() {
    return "claude";
  }

  @Override
  public Protocol protocol() {
    return Protocol.CLAUDE;
  }

  @Override
  public String npmPackage() {
    return "@anthropic-ai/claude-code";
  }

  @Override
  public Optional<String> model() {
    return Optional.empty();
  }

  @Override
  public Map<String, String> environment(Path home, ScriptedModel model) {
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "HOME",
        home.toString(),
        "ANTHROPIC_BASE_URL",
        model.url(),
        "ANTHROPIC_API_KEY",
        "fake-key-for-a-scripted-model",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
        "1",
        "CLAUDE_CODE_MAX_RETRIES",
        "2",
        "CLAUDECODE",
        "1");
  }

  @Override
  public String toString() {
    return name();
  }
}
