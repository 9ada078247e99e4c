package io.salvor.bench;

import io.salvor.bench.Launcher.Ran;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every command that ends by itself, from its start to its end, against a JVM that says hello:
/// each round takes a new task through all that can be done to one.
final class Commands implements Measurement {
  private static final String AGENT = "git commit --quiet --allow-empty --message work";

  /// `N` stands for the round's task, `M` for its second one.
  private static final List<String> ROUND =
      List.of(
          "--help",
          "task add --help",
          "version",
          "completion bash",
          "__complete task sh",
          "status",
          "config show",
          "serve",
          "task add first --agent command -- " + AGENT,
          "task list --limit 20",
          "task list --filter state=READY --order-by update_time",
          "task show N",
          "__complete task show TASK",
          "task comment N text",
          "task pause N",
          "task resume N --wait",
          "task watch N",
          "task diagnose N",
          "task logs N",
          "task diff N --stat",
          "task reject N",
          "task reopen N",
          "task dispatch N",
          "task watch N",
          "task approve N",
          "task merge N",
          "thread records N --attempts",
          "workspace list",
          "workspace path N",
          "workspace remove N",
          "workspace prune --dry-run",
          "task add second --agent command -- true",
          "task cancel M",
          "store rebuild --check",
          "logs -n 20");

  private final Map<String, Samples> taken = new LinkedHashMap<>();
  private final Samples bare = new Samples();

  @Override
  public void run(Scale scale, Scratch scratch, Report report) throws Exception {
    var project = GitProject.make(scratch.folder("project"), 20);
    var launcher = new Launcher(scratch.root().resolve("home"), project.root());
    try (var _ = ServerProcess.start(launcher.home())) {
      for (int round = 0; round < scale.pick(1, 11); round++) {
        for (String words : ROUND) {
          one(launcher, words, 2 * round + 1);
        }
      }
    }
    taken.forEach((words, samples) ->
        report.ratio("salvor " + words, samples.median(), bare.median(), "ms", ""));
  }

  private void one(Launcher launcher, String words, int task) throws Exception {
    bare.add(launcher.succeed(Launcher.hello()).millis());
    List<String> typed = new ArrayList<>();
    for (String word : List.of(words.split(" "))) {
      typed.add(word.equals("N") ? "" + task : word.equals("M") ? "" + (task + 1) : word);
    }
    boolean judges = words.startsWith("task approve") || words.startsWith("task reject");
    Map<String, String> actor = judges ? Map.of("SALVOR_ACTOR", "user:reviewer") : Map.of();
    Ran ran = launcher.run(Launcher.command(typed.toArray(String[]::new)), actor);
    if (ran.exit() != 0) {
      throw new IllegalStateException(typed + " ended with " + ran.exit() + ": " + ran.said());
    }
    taken.computeIfAbsent(named(words), _ -> new Samples()).add(ran.millis());
  }

  /// Without what stands after `--`.
  private static String named(String words) {
    int end = words.indexOf(" -- ");
    return end < 0 ? words : words.substring(0, end);
  }
}
