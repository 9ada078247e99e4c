package io.salvor.process.lab;

import io.salvor.domain.agent.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// OpenCode. The modules that it fetches for plugins are asked of the scripted model too, which has
/// none: nothing goes elsewhere.
public final class OpenCodeCli implements RealAgent {
  @Override
  public String name() {
    return "opencode";
  }

  @Override
  public Protocol protocol() {
    return Protocol.OPENCODE;
  }

  @Override
  public String npmPackage() {
    return "opencode-ai";
  }

  @Override
  public Optional<String> model() {
    return Optional.of("scripted/m1");
  }

  @Override
  public Map<String, String> environment(Path home, ScriptedModel model) throws IOException {
    Files.writeString(home.resolve(".npmrc"), "registry=" + model.url() + "/\nfetch-retries=0\n");
    Path folder = Files.createDirectories(home.resolve(".config/opencode"));
    Files.writeString(
        folder.resolve("opencode.json"),
        """
        {"provider": {"scripted": {"npm": "@ai-sdk/openai-compatible", "name": "Scripted",
          "options": {"baseURL": "%s/v1", "apiKey": "fake-key-for-a-scripted-model"},
          "models": {"m1": {"name": "M1", "cost": {"input": 1, "output": 2, "cache_read": 0.1},
            "limit": {"context": 100000, "output": 10000}}}}}}
        """
            .formatted(model.url()));
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "HOME",
        home.toString(),
        "OPENCODE_DISABLE_MODELS_FETCH",
        "1",
        "OPENCODE_DISABLE_LSP_DOWNLOAD",
        "1",
        "OPENCODE_PID",
        "1");
  }

  @Override
  public String toString() {
    return name();
  }
}
