package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.v1.Agent.Launcher;
import io.salvor.v1.Task;
import java.util.Optional;

/// Whether an agent has a window that a person can watch.
final class AttachOption {
  private final Word<Boolean> attach;
  private final Word<Boolean> noAttach;

  AttachOption(Words words) {
    attach =
        words.flag(
            "--attach",
            "show the agent in a window of tmux, for `salvor task attach`; it ends when that is closed");
    noAttach = words.flag("--no-attach", "without such a window");
  }

  /// What was said; empty where nothing was.
  Optional<Launcher> said() {
    if (attach.or(false) && noAttach.or(false)) {
      throw Failure.misuse("--attach and --no-attach are mutually exclusive", "--attach");
    }
    return attach.or(false)
        ? Optional.of(Launcher.TMUX)
        : noAttach.said().map(_ -> Launcher.DETACHED);
  }

  /// Tells who asked for a window how to look into it.
  void mind(Context context, Task task) {
    if (attach.or(false)) {
      context.err().println("to watch it: salvor task attach " + task.getDisplayId());
    }
  }
}
