package io.salvor.process.protocol;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.LaunchOrder;
import io.salvor.process.text.Excerpts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Codex in `exec` mode with a stream of JSON lines; the prompt comes on standard input.
///
/// What it may write is said by `-c`, because `exec resume` takes neither `--sandbox` nor
/// `--add-dir`.
final class CodexProtocol implements AgentProtocol {
  /// Its own settings; never the marks that it leaves for what it starts itself, such as
  /// `CODEX_THREAD_ID` and `CODEX_SANDBOX`.
  private static final Set<String> SETTINGS =
      Set.of(
          "CODEX_ACCESS_TOKEN",
          "CODEX_API_KEY",
          "CODEX_CA_CERTIFICATE",
          "CODEX_HOME",
          "CODEX_SQLITE_HOME");

  private final Excerpts excerpts;

  CodexProtocol(Excerpts excerpts) {
    this.excerpts = excerpts;
  }

  @Override
  public List<String> command(LaunchOrder order) {
    Agent agent = order.agent();
    List<String> command = new ArrayList<>(agent.command());
    command.add("exec");
    if (order.session().isPresent()) {
      command.add("resume");
    }
    command.add("--json");
    agent.model().ifPresent(model -> command.addAll(List.of("--model", model)));
    command.addAll(permissions(order));
    order.session().ifPresent(command::add);
    command.add("-");
    return List.copyOf(command);
  }

  /// What is allowed goes unasked; what is not is refused at once, since nobody is there to answer.
  private static List<String> permissions(LaunchOrder order) {
    return switch (order.agent().profile()) {
      case READ -> sandbox("read-only");
      case EDIT -> {
        List<String> flags = new ArrayList<>(sandbox("workspace-write"));
        List<Path> folders = GitFolders.ofCommit(Path.of(order.workspace()));
        if (!folders.isEmpty()) {
          flags.add("-c");
          flags.add("sandbox_workspace_write.writable_roots=" + toml(folders));
        }
        yield flags;
      }
      case FULL -> List.of("--dangerously-bypass-approvals-and-sandbox");
    };
  }

  private static List<String> sandbox(String mode) {
    return List.of("-c", "approval_policy=\"never\"", "-c", "sandbox_mode=\"" + mode + "\"");
  }

  private static String toml(List<Path> paths) {
    return paths.stream()
        .map(path -> Json.quoted(path.toString()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public Map<String, String> environment(LaunchOrder order) {
    return Map.of();
  }

  @Override
  public boolean needs(String name, Map<String, String> available) {
    return name.startsWith("OPENAI_")
        || name.startsWith("AZURE_OPENAI_")
        || SETTINGS.contains(name);
  }

  @Override
  public String endpoint(Map<String, String> passed) {
    return Endpoint.of(passed.getOrDefault("OPENAI_BASE_URL", ""));
  }

  @Override
  public boolean exitsWith(int status) {
    return status >= 0 && status <= 2;
  }

  @Override
  public LineReader reader(Listening listening) {
    Map<String, String> variables = listening.variables();
    String home = variables.getOrDefault("CODEX_HOME", "");
    Path state =
        home.isEmpty() ? Path.of(variables.getOrDefault("HOME", "/"), ".codex") : Path.of(home);
    return new CodexReader(
        excerpts,
        new CodexUsage(listening.prices(), listening.agent().model().orElse("")),
        session -> CodexRollout.of(state, session));
  }
}
