package io.salvor.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Which of the server's variables a child gets: only those named here, an agent's own, and those
/// that the operator names. Immutable.
///
/// @param server the server's whole environment
/// @param extra further names to pass on; a name that ends in `*` stands for all that begin so
public record AgentEnvironment(Map<String, String> server, List<String> extra) {
  private static final Set<String> ALWAYS =
      Set.of(
          "HOME",
          "PATH",
          "USER",
          "LOGNAME",
          "SHELL",
          "TERM",
          "TZ",
          "TMPDIR",
          "LANG",
          "LANGUAGE",
          "XDG_CONFIG_HOME",
          "SSH_AUTH_SOCK",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "NODE_EXTRA_CA_CERTS",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "GIT_SSL_CAINFO");

  /// Names that a server inside an agent's session would inherit, and that make a child pose as
  /// that session.
  private static final Set<String> NEVER =
      Set.of(
          "CLAUDECODE",
          "CLAUDE_CODE_SESSION_ID",
          "CLAUDE_CODE_ENTRYPOINT",
          "CLAUDE_JOB_DIR",
          "CODEX_INTERNAL_ORIGINATOR_OVERRIDE",
          "CODEX_SANDBOX",
          "CODEX_SANDBOX_NETWORK_DISABLED",
          "CODEX_THREAD_ID",
          "SALVOR_ATTEMPT",
          "SALVOR_TASK",
          "SALVOR_INSTANCE",
          "SALVOR_SESSION");

  public AgentEnvironment {
    server = Map.copyOf(server);
    extra = List.copyOf(extra);
  }

  /// The same with more names passed on.
  AgentEnvironment passing(List<String> more) {
    List<String> all = new ArrayList<>(extra);
    all.addAll(more);
    return new AgentEnvironment(server, all);
  }

  /// What a child is given.
  ///
  /// @param needed which variables this child wants beside those that all get
  SortedMap<String, String> passed(Predicate<String> needed) {
    SortedMap<String, String> passed = new TreeMap<>();
    server.forEach((name, value) -> {
      if (!NEVER.contains(name)
          && (ALWAYS.contains(name)
              || name.startsWith("LC_")
              || needed.test(name)
              || asked(name))) {
        passed.put(name, value);
      }
    });
    return passed;
  }

  private boolean asked(String name) {
    return extra.stream()
        .anyMatch(it ->
            it.endsWith("*") ? name.startsWith(it.substring(0, it.length() - 1)) : it.equals(name));
  }
}
