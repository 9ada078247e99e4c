package io.salvor.cli.session;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which agent works on a task: flag, `SALVOR_AGENT`, `agent` in `config.toml`, the only one found
/// on the PATH.
public final class AgentChoice {
  private static final List<String> KNOWN = List.of("claude");

  private final Context context;

  public AgentChoice(Context context) {
    this.context = context;
  }

  /// The agent's name.
  public String choose(Optional<String> named) {
    return named
        .or(() -> context.surroundings().variable("SALVOR_AGENT"))
        .or(() -> new Config(context.home().configFile()).text("agent"))
        .orElseGet(this::onlyOne);
  }

  private String onlyOne() {
    List<String> found = found();
    if (found.size() == 1) {
      return found.getFirst();
    }
    String what =
        found.isEmpty()
            ? "no agent is named, and none is on the PATH (looked for "
                + String.join(", ", KNOWN)
                + ")"
            : "no agent is named, and several are on the PATH: " + String.join(", ", found);
    throw new Failure(
        ExitCode.INVALID,
        "UNKNOWN_AGENT",
        what,
        "salvor task add TITLE --agent NAME, or agent = \"NAME\" in "
            + context.home().configFile());
  }

  /// Those known ones that are on the PATH.
  List<String> found() {
    List<String> found = new ArrayList<>();
    String path = context.surroundings().variable("PATH").orElse("");
    for (String name : KNOWN) {
      for (String directory : path.split(File.pathSeparator, -1)) {
        if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, name))) {
          found.add(name);
          break;
        }
      }
    }
    return found;
  }
}
