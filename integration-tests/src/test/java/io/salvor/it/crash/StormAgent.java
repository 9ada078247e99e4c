package io.salvor.it.crash;

import io.salvor.it.harness.Scripts;
import io.salvor.v1.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/// One of the scripted agents of a storm, and where its task must end. Each writes its marker down
/// with `O_APPEND` when it begins and when it ends.
enum StormAgent {
  COMMITS(Task.State.REVIEW, "git commit -q --allow-empty -m Work"),
  TELLS(
      Task.State.REVIEW,
      "git commit -q --allow-empty -m Work; printf '{\"salvor\":\"result\",\"status\":\"success\",\"text\":\"told\"}\\n'"),
  FAILS(Task.State.FAILED, "finish; exit 3"),
  LEAVES_DIRT(Task.State.REVIEW, "echo dirt >dirt.txt"),
  LEAVES_CHILDREN(Task.State.REVIEW, "setsid sleep 500 & (sleep 500 &)");

  /// Numbered lines that each of them says.
  static final int LINES = 8;

  private final Task.State end;
  private final String last;

  StormAgent(Task.State end, String last) {
    this.end = end;
    this.last = last.replace("finish;", "finish \"$1\";");
  }

  /// Where its task rests, if nobody cancels it.
  Task.State end() {
    return end;
  }

  /// Its command line.
  ///
  /// @param notes folder where it writes itself down
  List<String> command(Path notes, Random random) {
    String pause = "0.%02d".formatted(5 + random.nextInt(70));
    return Scripts.script(script(), notes.toString(), pause);
  }

  private String script() {
    return """
    echo "$SALVOR_ATTEMPT" >>"$1/begun"
    finish() { echo "$SALVOR_ATTEMPT" >>"$1/finished"; }
    i=1
    while [ $i -le %d ]; do
      printf '{"salvor":"progress","text":"line %%d"}\\n' $i
      i=$((i + 1))
      sleep "$2"
    done
    %s
    finish "$1"
    """
        .formatted(LINES, last);
  }
}
