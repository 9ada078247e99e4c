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

  /// Commits one file and hangs; where that file is there already, commits the other one and ends.
  public static List<String> hangsOnceThenEnds(String first, String second) {
    return script(
        """
        if [ -e "$1" ]; then
          echo "$2" >"$2"; git add -- "$2"; git commit -q -m "Add $2"
          exit 0
        fi
        echo "$1" >"$1"; git add -- "$1"; git commit -q -m "Add $1"
        echo hanging
        exec sleep 1000
        """,
        first,
        second);
  }

  /// Notes what it was told; commits one file, leaves another one and ends with status 7; where the
  /// first is there already, ends in peace.
  public static List<String> failsHalfWayOnce(String file, String uncommitted, Path prompt) {
    return script(
        """
        cat >"$3"
        [ -e "$1" ] && exit 0
        echo "$1" >"$1"; git add -- "$1"; git commit -q -m "Half of it"
        echo left >"$2"
        exit 7
        """,
        file,
        uncommitted,
        prompt.toString());
  }

  /// Commits one file, leaves another one uncommitted, and hangs.
  public static List<String> commitsLeavesAndHangs(String file, String uncommitted) {
    return script(COMMIT + "echo \"$2\" >\"$2\"; echo hanging; exec sleep 1000", file, uncommitted);
  }

  /// Commits nothing in particular, says one line of the documented protocol, and hangs.
  public static List<String> lingersAfter(String line) {
    return script(
        "git commit -q --allow-empty -m Work; printf '%s\\n' \"$1\"; exec sleep 1000", line);
  }

  /// Writes so many random bytes, waits, and ends without an end of the line.
  public static List<String> writesAnyBytes(int bytes, Gate gate) {
    return script(
        "head -c \"$1\" /dev/urandom; echo; read -r word <\"$2\"; printf torn",
        Integer.toString(bytes),
        gate.fifo().toString());
  }

  /// Writes lines of so many bytes on both streams, then its last word.
  public static List<String> writesOneLongLine(int bytes, String lastWord) {
    return script(
        """
        head -c "$1" /dev/zero | tr '\\0' x
        echo
        head -c "$1" /dev/zero >&2
        printf '{"salvor":"result","status":"success","text":"%s"}\\n' "$2"
        """,
        Integer.toString(bytes), lastWord);
  }

  /// Writes on both streams, for longer than any test.
  public static List<String> writesWithoutEnd() {
    return script(
        "while :; do head -c 100000 /dev/zero | tr '\\0' x; echo; echo more >&2; sleep 0.01; done");
  }

  /// Works until the gate opens, then tells these dollars and hangs.
  public static List<String> spendsAfter(Gate gate, String dollars) {
    return script(
        """
        echo working
        read -r word <"$1"
        printf '{"salvor":"usage","input_tokens":100,"cost_usd":"%s"}\\n' "$2"
        exec sleep 1000
        """,
        gate.fifo().toString(), dollars);
  }

  /// Tells these totals of dollars one after the other, and hangs.
  public static List<String> spends(String... dollars) {
    return script(
        """
        for usd in "$@"; do
          printf '{"salvor":"usage","input_tokens":100,"cost_usd":"%s"}\\n' "$usd"
          sleep 0.5
        done
        exec sleep 1000
        """,
        dollars);
  }

  /// Says numbered lines of the documented protocol until this file is there, then the last word.
  public static List<String> countsUntil(Path file) {
    return script(
        """
        i=1
        while [ ! -e "$1" ]; do
          printf '{"salvor":"progress","text":"line %d"}\\n' $i
          i=$((i + 1))
          sleep 0.2
        done
        git commit -q --allow-empty -m 'Count'
        printf '{"salvor":"result","status":"success","text":"counted"}\\n'
        """,
        file.toString());
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
