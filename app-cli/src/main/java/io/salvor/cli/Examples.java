package io.salvor.cli;

import java.util.List;
import java.util.stream.Collectors;

/// What people type most with each command: shown by its help and in its man page.
final class Examples {
  private Examples() {}

  /// A command line and what it does, in a few words.
  record Example(String line, String what) {}

  /// Those of the command with this path: `task add`.
  static List<Example> of(String path) {
    return text(path)
        .lines()
        .map(line -> line.split("\\s+# ", 2))
        .map(parts -> new Example(parts[0], parts.length > 1 ? parts[1] : ""))
        .toList();
  }

  /// As the help shows them: each line whole, however long, so that it can be copied.
  static String section(String path) {
    return of(path).stream()
        .map(it -> "  " + it.line() + "\n      " + it.what() + "\n")
        .collect(Collectors.joining("", "\nExamples:\n", ""));
  }

  private static String text(String path) {
    return switch (path) {
      case "demo" ->
          """
          salvor demo             # an agent is killed and nothing is lost; cleans up after itself
          salvor demo --keep      # leaves the project and its server for a look
          """;
      case "serve" ->
          """
          salvor serve                                               # returns when it answers
          salvor serve --listen 127.0.0.1:0 --http 127.0.0.1:0       # on any free ports
          salvor serve --foreground                                  # for a service manager
          """;
      case "stop" ->
          """
          salvor stop             # agents run on, and the next server follows them
          salvor stop --drain     # waits for them
          salvor stop --cancel    # cancels their tasks first
          """;
      case "restart" ->
          """
          salvor restart          # after an upgrade, or a change of config.toml
          """;
      case "agents list" ->
          """
          salvor agents list             # names that --agent takes, and how each is started
          """;
      case "agents check" ->
          """
          salvor agents check            # which can run here, and what the others lack
          """;
      case "freeze" ->
          """
          salvor freeze --reason "host goes down at ten"     # nothing new begins; what runs, runs on
          salvor freeze --level hard                         # agents are ended too, their work is kept
          """;
      case "interventions" ->
          """
          salvor interventions                                # who forced what, and why
          salvor interventions --since 7d --actor user:ann    # what she did this week
          salvor interventions --project . -o json            # for a script
          """;
      case "unfreeze" ->
          """
          salvor unfreeze                                    # attempts begin again
          """;
      case "project show" ->
          """
          salvor project show            # what is run around agents in the current repository
          """;
      case "project accept" ->
          """
          salvor project accept          # lets its salvor.toml count, until the file changes
          """;
      case "project revoke" ->
          """
          salvor project revoke          # does not let it count any longer
          """;
      case "task edit" ->
          """
          salvor task edit TASK-0042 --budget 10             # what all its attempts may spend
          salvor task edit TASK-0042 --title "Fix the tax"   # another title
          """;
      case "status" ->
          """
          salvor status           # is it well, who works, what waits and since when
          salvor status -o json   # the same for a program
          """;
      case "run" ->
          """
          salvor run "Fix the rounding in the cart" --agent claude --budget 2 --timeout 30m
                # to the end, with progress; exit code 0 is work that waits for a verdict
          salvor run "Update the lock file" -o json -- npm update
                # any program is an agent; one JSON message says what came of it
          salvor run --continue TASK-0001
                # goes on after a crash, of whatever
          """
              .replaceAll("\\n\\s+# ", " # ");
      case "task add" ->
          """
          salvor task add "Fix the rounding in the cart" --agent claude --brief-file brief.md
                # prints the task's id
          salvor task add "Update the lock file" --agent command -- npm update
                # any program is an agent
          salvor task add "Tidy up" --agent claude --budget 2 --timeout 30m --dispatch --wait
                # with limits, at once, and waits for the end
          """
              .replaceAll("\\n\\s+# ", " # ");
      case "task list" ->
          """
          salvor task list --state review                              # what waits for a verdict
          salvor task list --filter "reason=oom_killed since=2h"       # what died of memory lately
          salvor task list --filter "cost>1 -state=MERGED" --order-by "cost desc"   # what is dear
          salvor task list --watch                                     # again each second
          """;
      case "task show" ->
          """
          salvor task show TASK-0001           # where it stands, what it waits for, what it cost
          salvor task show 1 -o json           # the same for a program
          """;
      case "task dispatch" ->
          """
          salvor task dispatch TASK-0001 --wait                  # to the end, with progress
          salvor task dispatch --resume TASK-0001                # goes on from what is there
          salvor task dispatch --resume --filter "reason=oom_killed since=2h"    # all of them
          """;
      case "task watch" ->
          """
          salvor task watch TASK-0001          # until it needs a person or is over
          """;
      case "task logs" ->
          """
          salvor task logs -f TASK-0001                    # as the agent writes it
          salvor task logs TASK-0001 --attempt 1 --stderr  # of an earlier attempt
          """;
      case "task diff" ->
          """
          salvor task diff TASK-0001                       # what is committed
          salvor task diff TASK-0001 --stat                # only files and counts
          salvor task diff TASK-0001 --attempt 1           # what an earlier attempt left
          """;
      case "task diagnose" ->
          """
          salvor task diagnose TASK-0001       # how it ended, the timeline, what to type next
          """;
      case "task trace" ->
          """
          salvor task trace TASK-0001                        # what its time went into
          salvor task trace TASK-0001 --otlp trace.json      # the same as OTLP, for any tool
          salvor task trace TASK-0001 --otlp-endpoint http://127.0.0.1:4318   # to a collector
          """;
      case "task comment" ->
          """
          salvor task comment TASK-0001 "look at the tests first"   # kept in its thread
          """;
      case "task done" ->
          """
          salvor task done TASK-0001 --summary "by hand"   # whoever did it; leads to REVIEW
          """;
      case "task salvage" ->
          """
          salvor task salvage TASK-0001 --dry-run   # what is there, and would be saved
          salvor task salvage TASK-0001 --summary "all but the docs"   # gates, a commit, REVIEW
          """;
      case "task approve" ->
          """
          salvor task approve TASK-0001 --merge --notes "well tested"   # not as who did it
          salvor task approve TASK-0001 --commit 1f2e3d4   # only if this is the commit
          """;
      case "task merge" ->
          """
          salvor task merge TASK-0001                            # after a refusal was mended
          salvor task merge --filter state=APPROVED --yes        # all that wait for it
          """;
      case "task reject" ->
          """
          salvor task reject TASK-0001 --reason "no tests"       # closes it
          """;
      case "task reopen" ->
          """
          salvor task reopen TASK-0001         # afresh; the old work stays under refs/salvor/
          """;
      case "task retry" ->
          """
          salvor task retry TASK-0001 --reason "the API is back"     # as the failure matrix says
          salvor task retry TASK-0001 --timeout 2h --model opus      # with more time, another model
          salvor task retry --fresh TASK-0001                        # from the base
          salvor task retry --filter "reason=oom_killed since=2h"    # shows them and asks once
          """;
      case "task reset" ->
          """
          salvor task reset TASK-0001 --reason "wrong way"   # its work is kept under refs/salvor/
          """;
      case "task skip" ->
          """
          salvor task skip TASK-0001 --reason "not wanted any more"   # shows it and asks
          salvor task skip --yes TASK-0001                            # what waits for it says so
          """;
      case "task verify" ->
          """
          salvor task verify TASK-0001     # shows what each gate said; 1 where one does not pass
          """;
      case "task pause" ->
          """
          salvor task pause TASK-0001 --reason "the API is down"   # ends its agent
          salvor task pause --filter state=RUNNING --yes           # ends all agents
          """;
      case "task resume" ->
          """
          salvor task resume TASK-0001 --budget 10 --wait   # goes on with more money
          """;
      case "task answer" ->
          """
          salvor task answer TASK-0001 "Take the second one"     # its agent goes on, told that
          salvor task answer TASK-0001 -F -                      # a longer answer, typed or piped
          """;
      case "task attach" ->
          """
          salvor task attach TASK-0001         # looks on; Ctrl-B, then D leaves, and it goes on
          salvor task attach TASK-0001 | cat   # what to type on the server's own machine
          """;
      case "task debug" ->
          """
          salvor task debug TASK-0001                  # a shell where its agent worked
          salvor task debug TASK-0001 -- make test     # one command there
          """;
      case "task cancel" ->
          """
          salvor task cancel TASK-0001         # gives it up; its work is kept
          salvor task cancel 3 4 5             # shows them and asks once
          """;
      case "workspace list" ->
          """
          salvor workspace list                # of all projects, foreign ones too
          """;
      case "workspace path" ->
          """
          cd "$(salvor workspace path TASK-0001)"          # goes there
          """;
      case "workspace remove" ->
          """
          salvor workspace remove TASK-0001    # refuses where work would be lost
          """;
      case "workspace prune" ->
          """
          salvor workspace prune --dry-run     # what would go, and what stays and why
          """;
      case "thread records" ->
          """
          salvor thread records TASK-0001 --attempts       # the whole story
          salvor thread records -f                         # all that happens, as it does
          """;
      case "backup create" ->
          """
          salvor backup create                       # before something daring
          """;
      case "backup list" ->
          """
          salvor backup list                         # of this home, the furthest first
          salvor backup list --all                   # of every home
          salvor backup list --from nas              # in a place elsewhere, as config.toml names it
          """;
      case "backup show" ->
          """
          salvor backup show latest                  # what is in it, and what is not
          """;
      case "backup verify" ->
          """
          salvor backup verify                       # all of them; exit 1 where one is damaged
          salvor backup verify --from nas            # fetches those in a place elsewhere, and reads them
          """;
      case "backup restore" ->
          """
          salvor backup restore --dry-run            # what would be taken, and what would be lost
          salvor backup restore --yes                # the latest; the store before it is moved aside
          salvor backup restore --to 4711            # the log up to record 4711
          salvor backup restore --to 2026-03-01T08:00:00Z     # as it was at that time
          salvor backup restore --from sftp://ann@nas/backups # on a machine that has nothing else
          """;
      case "backup prune" ->
          """
          salvor backup prune --dry-run              # what is kept and why
          """;
      case "backup drill" ->
          """
          salvor backup drill                        # does the newest one really come back?
          salvor backup drill --from nas             # and the newest one there, on any machine?
          """;
      case "doctor" ->
          """
          salvor doctor                        # what is not as it should be, and what mends it
          salvor doctor --fix                  # mends what can be mended without loss
          """;
      case "store check" ->
          """
          salvor store check                   # reads all of it; exits 1 where something is wrong
          """;
      case "store repair" ->
          """
          salvor store repair --dry-run        # what would be done, and what would be lost
          salvor store repair --yes            # does it without a question
          """;
      case "store rebuild" ->
          """
          salvor store rebuild --check         # folds the log again and compares
          """;
      case "events" ->
          """
          salvor events --since 1d --severity warning      # what went wrong since yesterday
          salvor events -f -o jsonl --after 4711           # all that comes, as JSON lines
          """;
      case "report" ->
          """
          salvor report                                # the last seven days
          salvor report --since 30d --by agent         # which agent does well
          """;
      case "logs" ->
          """
          salvor logs -f                                 # what the server says
          salvor logs --task TASK-0001 --level warn      # about one task, and only what is wrong
          salvor logs --since 10m --actor user:ann       # who did what
          """;
      case "config show" ->
          """
          salvor config show                   # each value that holds, and where it comes from
          salvor config show -o json           # the same for a program
          """;
      case "install" ->
          """
          salvor install                       # links in ~/.local: command, completion, man pages
          salvor install --uninstall           # removes them
          """;
      case "completion" ->
          """
          source <(salvor completion bash)                 # for this shell; install does it for all
          salvor completion fish | source                  # the same in fish
          """;
      case "version" ->
          """
          salvor version -o json               # for a program
          """;
      default -> "";
    };
  }
}
