package io.salvor.git;

import java.util.Map;
import java.util.TreeMap;

/// What every git child sees: nothing that redirects git, English messages, no prompts, and whose
/// child it is.
final class ChildEnvironment {
  /// With [#ROLE], marks git children apart from agents of the same instance.
  static final String INSTANCE = "SALVOR_INSTANCE";

  static final String ROLE = "SALVOR_ROLE";

  private final Map<String, String> variables = new TreeMap<>();

  /// @param inherited this process's own variables; all `GIT_*` are dropped
  ChildEnvironment(Map<String, String> inherited, String instance) {
    inherited.forEach((name, value) -> {
      if (!name.startsWith("GIT_")) {
        variables.put(name, value);
      }
    });
    variables.put("LC_ALL", "C");
    variables.put("GIT_TERMINAL_PROMPT", "0");
    variables.put("GIT_EDITOR", "false");
    variables.put(INSTANCE, instance);
    variables.put(ROLE, "git");
  }

  void applyTo(Map<String, String> environment, GitCall call) {
    environment.clear();
    environment.putAll(variables);
    if (!call.writes()) {
      environment.put("GIT_OPTIONAL_LOCKS", "0");
    }
    environment.putAll(call.environment());
  }
}
