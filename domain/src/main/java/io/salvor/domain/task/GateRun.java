package io.salvor.domain.task;

/// How one gate went when a person had it run.
///
/// @param command as it is configured
/// @param failure in a few words; empty where it passed
/// @param output the last of what it wrote, redacted
public record GateRun(String command, String failure, String output) {
  /// Whether it passed.
  public boolean passed() {
    return failure.isEmpty();
  }
}
