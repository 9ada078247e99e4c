package io.salvor.cli.session;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// What may stand anywhere on the command line.
public final class GlobalOptions {
  /// How a result is written.
  public enum Output {
    text,
    json,
    jsonl
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      scope = ScopeType.INHERIT,
      description = "text (default), json (the API message in ProtoJSON) or jsonl (one a line)")
  @Nullable Output output;

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description = "speak to this server over TCP ($SALVOR_SERVER)")
  @Nullable String server;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "the home directory ($SALVOR_HOME, default ~/.salvor)")
  @Nullable String home;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  boolean help;
}
