package io.salvor.process.lab;

/// What a scripted model answers in one turn.
///
/// @param command for the agent's shell; empty for none
/// @param tool another tool, where the agent is to call one by name; empty for none
/// @param input for that tool, a JSON object
/// @param text the last word
/// @param status of HTTP, with which it answers instead; 0 for none
/// @param failures how often it answers so before it answers as it should
/// @param hangs whether it never answers
public record Turn(
    String command,
    String tool,
    String input,
    String text,
    int status,
    int failures,
    boolean hangs) {

  /// Has the agent run a command.
  public static Turn run(String command) {
    return new Turn(command, "", "", "", 0, 0, false);
  }

  /// Has the agent call a tool of its own by name.
  public static Turn call(String tool, String input) {
    return new Turn("", tool, input, "", 0, 0, false);
  }

  /// Ends the agent's turn.
  public static Turn say(String text) {
    return new Turn("", "", "", text, 0, 0, false);
  }

  /// Answers with this status however often it is asked.
  public static Turn fail(int status) {
    return new Turn("", "", "", "", status, Integer.MAX_VALUE, false);
  }

  /// Takes the request and does not answer.
  public static Turn hang() {
    return new Turn("", "", "", "", 0, 0, true);
  }

  /// Whether it is no last word.
  boolean calls() {
    return !command.isEmpty() || !tool.isEmpty();
  }

  /// The same, after it answered so often with this status.
  public Turn after(int times, int httpStatus) {
    return new Turn(command, tool, input, text, httpStatus, times, hangs);
  }
}
