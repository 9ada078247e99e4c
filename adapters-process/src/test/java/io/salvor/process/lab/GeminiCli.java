package io.salvor.process.lab;

import io.salvor.domain.agent.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Gemini CLI. Without a model's name it would ask a model first which one to ask.
public final class GeminiCli implements RealAgent {
  @Override
  public String name() {
    return "gemini";
  }

  @Override
  public Protocol protocol() {
    return Protocol.GEMINI;
  }

  @Override
  public String npmPackage() {
    return "@google/gemini-cli";
  }

  @Override
  public Optional<String> model() {
    return Optional.of("gemini-2.5-pro");
  }

  @Override
  public Map<String, String> environment(Path home, ScriptedModel model) throws IOException {
    Path settings = Files.createDirectories(home.resolve(".gemini")).resolve("settings.json");
    Files.writeString(
        settings,
        """
        {"security": {"auth": {"selectedType": "gemini-api-key"}},
         "privacy": {"usageStatisticsEnabled": false},
         "general": {"maxAttempts": 2, "disableAutoUpdate": true}}
        """);
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "HOME",
        home.toString(),
        "GEMINI_API_KEY",
        "fake-key-for-a-scripted-model",
        "GOOGLE_GEMINI_BASE_URL",
        model.url(),
        "GEMINI_CLI",
        "1");
  }

  @Override
  public String toString() {
    return name();
  }
}
