package io.salvor.cli;

import io.salvor.cli.agent.AgentsCheck;
import io.salvor.cli.agent.AgentsList;
import io.salvor.cli.backup.BackupCreate;
import io.salvor.cli.backup.BackupList;
import io.salvor.cli.backup.BackupPrune;
import io.salvor.cli.backup.BackupRehearse;
import io.salvor.cli.backup.BackupRestore;
import io.salvor.cli.backup.BackupShow;
import io.salvor.cli.backup.BackupVerify;
import io.salvor.cli.observe.Events;
import io.salvor.cli.observe.ReportCommand;
import io.salvor.cli.observe.TaskTrace;
import io.salvor.cli.project.ProjectAccept;
import io.salvor.cli.project.ProjectRevoke;
import io.salvor.cli.project.ProjectShow;
import io.salvor.cli.server.ConfigShow;
import io.salvor.cli.server.DoctorCommand;
import io.salvor.cli.server.FreezeCommand;
import io.salvor.cli.server.InterventionList;
import io.salvor.cli.server.Logs;
import io.salvor.cli.server.Restart;
import io.salvor.cli.server.Serve;
import io.salvor.cli.server.Status;
import io.salvor.cli.server.Stop;
import io.salvor.cli.server.UnfreezeCommand;
import io.salvor.cli.server.Version;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.store.StoreCheckCommand;
import io.salvor.cli.store.StoreRebuild;
import io.salvor.cli.store.StoreRepairCommand;
import io.salvor.cli.store.ThreadRecords;
import io.salvor.cli.store.WorkspaceList;
import io.salvor.cli.store.WorkspacePath;
import io.salvor.cli.store.WorkspacePrune;
import io.salvor.cli.store.WorkspaceRemove;
import io.salvor.cli.task.RunCommand;
import io.salvor.cli.task.TaskAdd;
import io.salvor.cli.task.TaskAnswer;
import io.salvor.cli.task.TaskApprove;
import io.salvor.cli.task.TaskAttach;
import io.salvor.cli.task.TaskCancel;
import io.salvor.cli.task.TaskComment;
import io.salvor.cli.task.TaskDebug;
import io.salvor.cli.task.TaskDiagnose;
import io.salvor.cli.task.TaskDiff;
import io.salvor.cli.task.TaskDispatch;
import io.salvor.cli.task.TaskDone;
import io.salvor.cli.task.TaskEdit;
import io.salvor.cli.task.TaskList;
import io.salvor.cli.task.TaskLogs;
import io.salvor.cli.task.TaskMerge;
import io.salvor.cli.task.TaskPause;
import io.salvor.cli.task.TaskReject;
import io.salvor.cli.task.TaskReopen;
import io.salvor.cli.task.TaskReset;
import io.salvor.cli.task.TaskResume;
import io.salvor.cli.task.TaskRetry;
import io.salvor.cli.task.TaskSalvage;
import io.salvor.cli.task.TaskShow;
import io.salvor.cli.task.TaskSkip;
import io.salvor.cli.task.TaskVerify;
import io.salvor.cli.task.TaskWatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The table of contents: every command, its summary, its class.
///
/// Only the commands that a command line names are built; of the others only the name is there. To
/// build them all takes longer than most commands.
final class CommandTree {
  private static final List<Node> ALL =
      List.of(
          new Node("demo", "A tour in a scratch project, with a private server."),
          new Node("serve", "Start a server; returns when it answers."),
          new Node("stop", "End the server; agents run on."),
          new Node("restart", "End the server and start it anew; agents run on."),
          new Node("status", "Show how the server is."),
          new Node("doctor", "Look at all that a server needs; --fix mends. Needs no server."),
          new Node("freeze", "Let no attempt begin; --level hard ends those that run, too."),
          new Node("unfreeze", "Let attempts begin again."),
          new Node("interventions", "Show what people forced, newest first."),
          new Node("run", "Have a brief carried out to its end; starts a server if need be."),
          new Node(
              "task",
              "Add tasks, have them worked on, judge and merge them.",
              new Node("add", "Add a task."),
              new Node("edit", "Change what was asked for, as long as that means something."),
              new Node("list", "List tasks."),
              new Node("show", "Show a task."),
              new Node("dispatch", "Have an agent work on it."),
              new Node("watch", "Follow it until it needs a person or is over."),
              new Node("attach", "Watch its agent in the window that it was given by --attach."),
              new Node("logs", "Show what its agent wrote."),
              new Node("diff", "Show the work as a diff."),
              new Node("diagnose", "What happened, what is left, what to do next."),
              new Node("trace", "What its time went into: a tree of spans, or OTLP."),
              new Node("comment", "Say something about it."),
              new Node("done", "Say that the work is done, whoever did it."),
              new Node("salvage", "Save what a dead agent left, and hand it in."),
              new Node("approve", "Accept the work; with --merge, merge it."),
              new Node("merge", "Merge what is accepted."),
              new Node("reject", "Do not accept the work."),
              new Node("reopen", "Make it ready for another attempt."),
              new Node("retry", "Begin another attempt after one that came to nothing."),
              new Node("reset", "Put its workspace back to the base; its work is kept."),
              new Node("skip", "Leave it out, for good."),
              new Node("verify", "Run its gates by hand in its workspace."),
              new Node("pause", "Let it rest; a running agent is ended."),
              new Node("resume", "Go on with a paused or blocked task."),
              new Node("answer", "Answer what its agent asked; it goes on with that."),
              new Node("debug", "Open a shell in its workspace, with its agent's environment."),
              new Node("cancel", "Give it up; its work is kept.")),
          new Node(
              "workspace",
              "The worktrees of tasks.",
              new Node("list", "List workspaces."),
              new Node("path", "Print the path of a task's workspace."),
              new Node("remove", "Remove one whose work is provably elsewhere."),
              new Node("prune", "Remove those of merged and cancelled tasks.")),
          new Node(
              "project",
              "What is run in a project's workspaces besides agents.",
              new Node("show", "Show set-up, gates, and who says so."),
              new Node("accept", "Accept what the repository's salvor.toml says, as it is."),
              new Node("revoke", "Take that back.")),
          new Node(
              "agents",
              "The programs that work on tasks.",
              new Node("list", "List the agents that tasks can name."),
              new Node("check", "Say which can run, and what the others lack.")),
          new Node(
              "thread",
              "The log of records.",
              new Node("records", "Show the records of a thread, or of all.")),
          new Node(
              "store",
              "The log, and what is derived from it.",
              new Node("check", "Read all of it and say what is wrong; needs no server."),
              new Node("repair", "Make a damaged one whole again; no server may run."),
              new Node("rebuild", "Fold all records anew; --check only compares.")),
          new Node(
              "backup",
              "Copies of the store that are verified before they count.",
              new Node("create", "Make one now; returns when it is verified."),
              new Node("list", "List them; needs no server."),
              new Node("show", "Show one and what it does not cover; needs no server."),
              new Node("verify", "Read all bytes of one or all again; needs no server."),
              new Node("restore", "Make the home's store of one; no server may run."),
              new Node("prune", "Remove those that the retention does not keep."),
              new Node("drill", "Restore one into a scratch home, start a server there, compare.")),
          new Node("events", "What happened that somebody should know, as lines; -f goes on."),
          new Node("report", "Figures: endings, rates, tokens, money, durations."),
          new Node("logs", "Show the server's own log; needs no server."),
          new Node("version", "Show the version of this program; also --version, -V."),
          new Node(
              "config",
              "The settings.",
              new Node("show", "Show each value that holds and where it comes from.")),
          new Node("install", "Link the command, its completion and man pages into ~/.local."),
          new Node("completion", "Print a completion script for bash, zsh or fish."));

  private final Context context;

  CommandTree(Context context) {
    this.context = context;
  }

  /// Whether a command is among these words.
  static boolean isNamedIn(Collection<String> words) {
    return ALL.stream().anyMatch(it -> it.isNamed(words));
  }

  /// A parser for this command line.
  CommandLine lineFor(GlobalOptions options, Collection<String> words) {
    boolean help = words.contains("--help") || words.contains("-h");
    boolean known = help ? words.size() == 1 || isNamedIn(words) : isWhole(words);
    return known ? line(options, words) : whole(options);
  }

  /// A parser with every command built; it knows what a misspelt one may be meant to be.
  CommandLine whole(GlobalOptions options) {
    return line(options, ALL.stream().flatMap(Node::names).collect(Collectors.toSet()));
  }

  /// How far these words lead: to a group, whose commands are then known, or to a command.
  Reached reach(GlobalOptions options, List<String> words) {
    List<Node> group = ALL;
    var path = new ArrayList<String>();
    for (String word : words) {
      Optional<Node> next = group.stream().filter(it -> it.name().equals(word)).findFirst();
      if (next.isEmpty()) {
        break;
      }
      path.add(word);
      group = next.get().children();
      if (next.get().isLeaf()) {
        CommandLine line = line(options, path);
        for (String name : path) {
          line = Objects.requireNonNull(line.getSubcommands().get(name));
        }
        return new Reached(List.copyOf(path), List.of(), Optional.of(line.getCommandSpec()));
      }
    }
    return new Reached(List.copyOf(path), group, Optional.empty());
  }

  /// @param path the words that were understood
  /// @param group the commands of the group that was reached; none where it is a command
  record Reached(List<String> path, List<Node> group, Optional<CommandSpec> command) {}

  private static boolean isWhole(Collection<String> words) {
    return ALL.stream()
        .filter(it -> it.isNamed(words))
        .anyMatch(it -> it.isLeaf() || it.children().stream().anyMatch(sub -> sub.isNamed(words)));
  }

  private CommandLine line(GlobalOptions options, Collection<String> words) {
    CommandLine line = new CommandLine(options.spec());
    CommandSpec spec = line.getCommandSpec();
    spec.name("salvor");
    spec.usageMessage()
        .description("Runs coding agents, each in its own git worktree, and loses nothing.")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes());
    describe(spec, "salvor", ALL);
    add(line, "", ALL, words);
    // `@token.txt` after -- is a word of somebody else's command, and what is in that file would be
    // put into the log. Reaches only the subcommands that are there by now.
    line.setExpandAtFiles(false);
    return line;
  }

  /// Lists the commands of a group, those too that are not built.
  private static void describe(CommandSpec group, String name, List<Node> nodes) {
    int width = nodes.stream().mapToInt(it -> it.name().length()).max().orElse(0) + 2;
    var list = new StringBuilder("Commands:\n");
    for (Node node : nodes) {
      list.append("  ").append(node.name()).append(" ".repeat(width - node.name().length()));
      list.append(node.summary()).append('\n');
    }
    group.usageMessage().customSynopsis(name + " [OPTIONS] COMMAND");
    group
        .usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, _ -> "");
    group
        .usageMessage()
        .sectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, _ -> list.toString());
  }

  private static Map<String, String> exitCodes() {
    var codes = new LinkedHashMap<String, String>();
    for (ExitCode exit : ExitCode.values()) {
      codes.put(Integer.toString(exit.code()), exit.meaning());
    }
    return codes;
  }

  private void add(CommandLine parent, String path, List<Node> nodes, Collection<String> words) {
    for (Node node : nodes) {
      if (node.isNamed(words)) {
        CommandSpec spec =
            node.isLeaf() ? make(path + node.name()).words().spec() : CommandSpec.create();
        spec.usageMessage().description(node.summary());
        explain(spec, path + node.name());
        CommandLine child = new CommandLine(spec);
        parent.addSubcommand(node.name(), child);
        if (!node.isLeaf()) {
          describe(spec, "salvor " + node.name(), node.children());
          add(child, path + node.name() + " ", node.children(), words);
        }
      }
    }
  }

  private static void explain(CommandSpec spec, String path) {
    if (!Examples.of(path).isEmpty()) {
      spec.usageMessage()
          .sectionMap()
          .put(UsageMessageSpec.SECTION_KEY_FOOTER, _ -> Examples.section(path));
    }
  }

  private SalvorCommand make(String path) {
    return switch (path) {
      case "demo" -> new DemoCommand(context);
      case "serve" -> new Serve(context);
      case "stop" -> new Stop(context);
      case "restart" -> new Restart(context);
      case "status" -> new Status(context);
      case "doctor" -> new DoctorCommand(context);
      case "freeze" -> new FreezeCommand(context);
      case "unfreeze" -> new UnfreezeCommand(context);
      case "interventions" -> new InterventionList(context);
      case "run" -> new RunCommand(context);
      case "task add" -> new TaskAdd(context);
      case "task edit" -> new TaskEdit(context);
      case "task list" -> new TaskList(context);
      case "task show" -> new TaskShow(context);
      case "task dispatch" -> new TaskDispatch(context);
      case "task watch" -> new TaskWatch(context);
      case "task logs" -> new TaskLogs(context);
      case "task diff" -> new TaskDiff(context);
      case "task diagnose" -> new TaskDiagnose(context);
      case "task trace" -> new TaskTrace(context);
      case "task comment" -> new TaskComment(context);
      case "task done" -> new TaskDone(context);
      case "task salvage" -> new TaskSalvage(context);
      case "task approve" -> new TaskApprove(context);
      case "task merge" -> new TaskMerge(context);
      case "task reject" -> new TaskReject(context);
      case "task reopen" -> new TaskReopen(context);
      case "task retry" -> new TaskRetry(context);
      case "task reset" -> new TaskReset(context);
      case "task skip" -> new TaskSkip(context);
      case "task verify" -> new TaskVerify(context);
      case "task pause" -> new TaskPause(context);
      case "task resume" -> new TaskResume(context);
      case "task answer" -> new TaskAnswer(context);
      case "task attach" -> new TaskAttach(context);
      case "task debug" -> new TaskDebug(context);
      case "task cancel" -> new TaskCancel(context);
      case "workspace list" -> new WorkspaceList(context);
      case "workspace path" -> new WorkspacePath(context);
      case "workspace remove" -> new WorkspaceRemove(context);
      case "workspace prune" -> new WorkspacePrune(context);
      case "agents list" -> new AgentsList(context);
      case "agents check" -> new AgentsCheck(context);
      case "thread records" -> new ThreadRecords(context);
      case "project show" -> new ProjectShow(context);
      case "project accept" -> new ProjectAccept(context);
      case "project revoke" -> new ProjectRevoke(context);
      case "store check" -> new StoreCheckCommand(context);
      case "store repair" -> new StoreRepairCommand(context);
      case "store rebuild" -> new StoreRebuild(context);
      case "backup create" -> new BackupCreate(context);
      case "backup list" -> new BackupList(context);
      case "backup show" -> new BackupShow(context);
      case "backup verify" -> new BackupVerify(context);
      case "backup restore" -> new BackupRestore(context);
      case "backup prune" -> new BackupPrune(context);
      case "backup drill" -> new BackupRehearse(context);
      case "events" -> new Events(context);
      case "report" -> new ReportCommand(context);
      case "logs" -> new Logs(context);
      case "version" -> new Version(context);
      case "config show" -> new ConfigShow(context);
      case "install" -> new Install(context);
      case "completion" -> new Completion(context);
      default -> throw new IllegalStateException("no such command: " + path);
    };
  }

  /// A command, or a group of them.
  record Node(String name, String summary, List<Node> children) {
    Node(String name, String summary, Node... children) {
      this(name, summary, List.of(children));
    }

    boolean isLeaf() {
      return children.isEmpty();
    }

    boolean isNamed(Collection<String> words) {
      return words.contains(name);
    }

    Stream<String> names() {
      return Stream.concat(Stream.of(name), children.stream().flatMap(Node::names));
    }
  }
}
