package io.salvor.process.lab;

import io.salvor.domain.agent.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Codex. Its own choice of a model changes with releases; it is led to one of which it knows that
/// it has a shell, and may not write where tests have their files, as it otherwise may to the
/// folder for temporary files.
public final class CodexCli implements RealAgent {
  @Override
  public String name() {
    return "codex";
  }

  @Override
  public Protocol protocol() {
    return Protocol.CODEX;
  }

  @Override
  public String npmPackage() {
    return "@openai/codex";
  }

  @Override
  public Optional<String> model() {
    return Optional.of("gpt-5.5");
  }

  @Override
  public Map<String, String> environment(Path home, ScriptedModel model) throws IOException {
    Path settings = Files.createDirectories(home.resolve(".codex")).resolve("config.toml");
    Files.writeString(
        settings,
        """
        model_provider = "scripted"
        [model_providers.scripted]
        name = "scripted"
        base_url = "%s/v1"
        wire_api = "responses"
        env_key = "OPENAI_API_KEY"
        request_max_retries = 1
        stream_max_retries = 1
        [sandbox_workspace_write]
        exclude_slash_tmp = true
        exclude_tmpdir_env_var = true
        """
            .formatted(model.url()));
    return Map.of(
        "PATH",
        System.getenv("PATH"),
        "HOME",
        home.toString(),
        "OPENAI_API_KEY",
        "fake-key-for-a-scripted-model",
        "CODEX_THREAD_ID",
        "of-a-session-that-started-the-server");
  }

  @Override
  public String toString() {
    return name();
  }
}
