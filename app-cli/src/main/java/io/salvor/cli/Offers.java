package io.salvor.cli;

import io.salvor.cli.Completer.Offer;
import io.salvor.cli.session.Context;
import io.salvor.cli.session.Failure;
import io.salvor.cli.text.Clean;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Values that completion offers, by what the help calls them.
final class Offers {
  /// A person waits: what the server has not said by then is not offered.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final int MOST_TASKS = 100;

  private final Context context;

  Offers(Context context) {
    this.context = context;
  }

  /// @param label as in the help: `TASK`, `DIR`
  /// @param command the words of the command that it is for
  Stream<Offer> of(String label, List<String> command) {
    return switch (label) {
      case "TASK", "[TASK...] TEXT", "THREAD" -> tasks(String.join(" ", command));
      case "DIR" -> Stream.of(Offer.FOLDERS);
      case "FILE", "COMMAND" -> Stream.of(Offer.FILES);
      case "STATE" -> states();
      case "FORM" -> words("text", "json", "jsonl");
      case "PROFILE" -> words("read", "edit", "full");
      case "AGENT" -> words("claude", "codex", "gemini", "opencode", "command");
      case "LEVEL" -> levels(String.join(" ", command));
      case "SHELL" -> words("bash", "zsh", "fish");
      default -> Stream.of();
    };
  }

  private static Stream<Offer> words(String... words) {
    return Arrays.stream(words).map(it -> new Offer(it, ""));
  }

  private static Stream<Offer> levels(String command) {
    return switch (command) {
      case "freeze" -> words("soft", "hard");
      case "events" -> words("info", "warning", "error", "critical");
      default -> words("error", "warn", "info", "debug");
    };
  }

  private static Stream<Offer> states() {
    return Arrays.stream(Task.State.values())
        .filter(it -> it != Task.State.UNRECOGNIZED && it != Task.State.STATE_UNSPECIFIED)
        .map(it -> new Offer(it.name().toLowerCase(Locale.ROOT), ""));
  }

  /// The newest tasks that the command can do something to.
  private Stream<Offer> tasks(String command) {
    var request =
        ListTasksRequest.newBuilder()
            .setFilter(filter(command))
            .setOrderBy("create_time desc")
            .setPageSize(MOST_TASKS)
            .build();
    try {
      return context
          .api()
          .call(TaskServiceGrpc.getListTasksMethod(), request, PATIENCE)
          .getTasksList()
          .stream()
          .map(Offers::offer);
    } catch (Failure noServer) {
      return Stream.of();
    }
  }

  private static Offer offer(Task task) {
    return new Offer(task.getDisplayId(), task.getState() + " " + Clean.line(task.getTitle(), 60));
  }

  private static String filter(String command) {
    return switch (command) {
      case "task approve" -> "state=REVIEW";
      case "task merge" -> "state=APPROVED";
      case "task reject" -> "state=(REVIEW OR APPROVED)";
      case "task resume" -> "state=(PAUSED OR BLOCKED OR NEEDS_FIX)";
      case "task dispatch" -> "state=(READY OR FAILED OR REJECTED OR NEEDS_FIX OR PAUSED)";
      case "task cancel", "task pause" ->
          "NOT state=(MERGED OR CANCELLED OR SKIPPED OR FAILED OR REJECTED)";
      default -> "";
    };
  }
}
