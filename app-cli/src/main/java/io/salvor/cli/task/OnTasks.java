package io.salvor.cli.task;

import io.salvor.cli.session.Confirmation;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// A command that does something to a task, to several, or to all that match a filter.
///
/// One task that is named is acted on at once. Before several are, or those that a filter finds,
/// they are shown and the user is asked; then each has its own line of result, and the command ends
/// as the one that went worst.
abstract class OnTasks extends SalvorCommand {
  private final Word<List<String>> positions;
  private final Word<String> filter =
      words.option("--filter", "EXPRESSION", TaskChoice.FILTER_HELP + ", instead of TASK");

  private final Word<Boolean> yes = words.flag("-y --yes", "do not ask before acting on several");

  OnTasks(Context context) {
    this(context, "TASK", "TASK-0001, 1, its UUID or tasks/...; several, or --filter");
  }

  OnTasks(Context context, String label, String description) {
    super(context);
    this.positions = words.rest(label, description);
  }

  /// Does it to one task; returns it as it is then.
  abstract Task act(Chosen task);

  /// Tells what came of it, after waiting for more if asked to.
  ExitCode tell(Task task, TaskReport report) throws InterruptedException {
    return report.line(task);
  }

  /// Whether [#tell] waits for what goes on by itself: then it is begun for all tasks first.
  boolean waits() {
    return false;
  }

  /// Whether the user is asked before it is done to one task, too: it cannot be taken back.
  boolean asksForOne() {
    return false;
  }

  /// Refuses words that do not fit together, before anything is done.
  void checkWords() {}

  /// The words that name tasks.
  List<String> named() {
    return positions.or(List.of());
  }

  /// All words that are not options.
  final List<String> allWords() {
    return positions.or(List.of());
  }

  @Override
  protected final ExitCode run() throws IOException, InterruptedException {
    checkWords();
    var choice = new TaskChoice(context(), words.spec().commandLine());
    List<String> names = choice.names(named());
    boolean asksForOne = asksForOne() && !yes.or(false);
    if (filter.said().isEmpty() && names.size() == 1 && !asksForOne) {
      return tell(act(Chosen.named(names.getFirst())), new TaskReport(context()));
    }
    List<Chosen> chosen = choice.of(names, filter.said());
    if (!yes.or(false)) {
      confirm(chosen);
    }
    return waits() ? beginAllThenTell(chosen) : eachInTurn(chosen);
  }

  private void confirm(List<Chosen> chosen) throws IOException {
    String name = words.spec().name();
    String verb = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    String these = chosen.size() == 1 ? "this task" : "these " + chosen.size() + " tasks";
    List<String> lines = new ArrayList<>();
    lines.add(TaskRow.HEAD.strip());
    chosen.forEach(it -> lines.add(it.row().strip()));
    new Confirmation(context()).ask(verb + " " + these, lines);
  }

  private ExitCode eachInTurn(List<Chosen> chosen) throws InterruptedException {
    var each = new EachResult(context());
    for (Chosen task : chosen) {
      each.of(task, report -> tell(act(task), report));
    }
    return each.worst();
  }

  private ExitCode beginAllThenTell(List<Chosen> chosen) throws InterruptedException {
    var each = new EachResult(context());
    List<Chosen> begun = new ArrayList<>();
    List<Task> tasks = new ArrayList<>();
    for (Chosen task : chosen) {
      try {
        tasks.add(act(task));
        begun.add(task);
      } catch (Failure refused) {
        each.failed(task, refused);
      }
    }
    for (int i = 0; i < begun.size(); i++) {
      Task task = tasks.get(i);
      each.of(begun.get(i), report -> tell(task, report));
    }
    return each.worst();
  }

  /// Makes a call happen once.
  static String requestId() {
    return UUID.randomUUID().toString();
  }
}
