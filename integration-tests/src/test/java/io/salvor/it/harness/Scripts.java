package io.salvor.it.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Agents that are shell scripts: what they do is what their name says.
public final class Scripts {
  private static final String COMMIT =
      """
      echo "$1" >"$1" && git add -- "$1" && git commit -q -m "Add $1"
      """;

  private Scripts() {}

  /// Any script; its arguments are `$1` and so on.
  public static List<String> script(String text, String... arguments) {
    var command = new ArrayList<>(List.of("sh", "-c", text, "agent"));
    command.addAll(List.of(arguments));
    return List.copyOf(command);
  }

  /// Adds one file in one commit.
  public static List<String> commits(String file) {
    return script(COMMIT, file);
  }

  /// Adds one file in one commit and leaves another one uncommitted.
  public static List<String> commitsAndLeaves(String file, String uncommitted) {
    return script(COMMIT + "echo left >\"$2\"", file, uncommitted);
  }

  /// Ends at once with this status.
  public static List<String> exits(int status) {
    return script("exit " + status);
  }

  /// Says something, then works until the gate opens; then commits one file.
  public static List<String> waitsAndCommits(Gate gate, String file) {
    return script(
        "echo working; read -r word <\"$2\"; [ \"$word\" = go ] || exit 9\n" + COMMIT,
        file,
        gate.fifo().toString());
  }

  /// Says something and then nothing more, for longer than any test.
  public static List<String> hangs() {
    return script("echo hanging; exec sleep 1000");
  }

  /// Says nothing at all, for longer than any test.
  public static List<String> staysMute() {
    return script("exec sleep 1000");
  }

  /// Says something twice a second, for longer than any test.
  public static List<String> chatters() {
    return script("while :; do echo still here; sleep 0.5; done");
  }

  /// Copies what it was told to a file and commits one.
  public static List<String> notesItsPrompt(Path prompt, String file) {
    return script("cat >\"$2\"\n" + COMMIT, file, prompt.toString());
  }

  /// Starts children that try to get away - in a session of their own, in the background, deaf to
  /// SIGTERM - and hangs.
  public static List<String> leavesGrandchildren() {
    return script(
        """
        setsid sh -c 'trap "" TERM HUP; while :; do sleep 1000; done' &
        (sleep 1000 & exec sleep 1000) &
        sh -c 'trap "" TERM; cd /; (setsid env -u SALVOR_TASK sleep 1000 &)'
        echo hanging
        exec sleep 1000
        """);
  }

  /// Says as many numbered lines of the documented protocol, then the last word.
  ///
  /// @param pause between two of them, as `sleep` reads it
  public static List<String> counts(int lines, String pause) {
    return script(
        """
        i=1
        while [ $i -le "$1" ]; do
          printf '{"salvor":"progress","text":"line %d"}\\n' $i
          i=$((i + 1))
          sleep "$2"
        done
        git commit -q --allow-empty -m 'Count'
        printf '{"salvor":"result","status":"success","text":"counted"}\\n'
        """,
        Integer.toString(lines), pause);
  }
}
