package io.salvor.it.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.CommandLine.Outcome;
import io.salvor.it.harness.Gate;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `salvor task debug`: a person in the workspace, and nobody beside them.
final class DebugTest {
  @AutoClose
  private static final Bench bench =
      Bench.idle("debug")
          .configured("[agents.command]\nenvironment = { MY_SECRET = \"s3cr3t-value\" }\n");

  static {
    bench.start();
  }

  private final ScratchProject project = bench.project();
  private final CommandLine salvor = new CommandLine(bench.home(), project.root(), "user:ann");

  private Task failed() {
    return bench
        .author()
        .finish(bench.author().dispatched(Bench.job(project, Scripts.exits(3))));
  }
}
