package io.salvor.cli.demo;

import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.Printer;
import io.salvor.cli.session.Reconnect;
import io.salvor.cli.session.Signal;
import io.salvor.cli.session.Surroundings;
import io.salvor.cli.text.Quoted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// The tour, command by command. Each is shown as it would be typed, and is run as that.
public final class Tour {
  private static final String TASK = "TASK-0001";
  private static final Pattern PID = Pattern.compile("\"pid\": \"([1-9]\\d*)\"");
  private static final int PATIENCE_SECONDS = 60;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int LOOKS = 600;

  private final Scratch scratch;
  private final Surroundings here;
  private final Commands commands;

  /// Runs a command line of `salvor`; the number is its exit code.
  @FunctionalInterface
  public interface Commands {
    int run(Surroundings there, String... words);
  }

  public Tour(Scratch scratch, Surroundings here, Commands commands) {
    this.scratch = scratch;
    this.here = here;
    this.commands = commands;
  }

  /// Does all of it.
  public ExitCode run() throws IOException, InterruptedException {
    say(
        "A tour of Salvor, in "
            + scratch.root()
            + ": a project, a server of its own, and an agent.");
    salvor(ExitCode.OK, "serve", "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0");

    say("A task, and an agent for it: here a script; else --agent claude.");
    String agent = scratch.agent().toString();
    salvor(ExitCode.OK, "task", "add", "Say hello", "--agent", "command", "--", "sh", agent);
    salvor(ExitCode.OK, "task", "dispatch", TASK);

    say("The agent commits once, writes a second file, and then, before it commits that:");
    awaitSignal();
    String pid = pid();
    shown("kill -KILL " + pid);
    scratch.program(List.of("kill", "-KILL", pid));
    salvor(ExitCode.FAILURE, "task", "watch", TASK);

    say("What happened, and what is left?");
    salvor(ExitCode.OK, "task", "diagnose", TASK);

    say("Nothing is lost. Another attempt goes on where the first one was cut off:");
    salvor(ExitCode.OK, "task", "dispatch", "--resume", TASK, "--wait");

    say("Who did the work may not judge it; somebody else may:");
    salvor(as("agent:command"), ExitCode.DENIED, "task", "approve", TASK, "--merge");
    salvor(as("user:reviewer"), ExitCode.OK, "task", "approve", TASK, "--merge");
    shown("git log --oneline");
    here.out().print(scratch.program(List.of("git", "--no-pager", "log", "--oneline")));

    say("The whole story, from the log:");
    salvor(ExitCode.OK, "thread", "records", TASK);
    sayWhatToTypeNext();
    return ExitCode.OK;
  }

  private void sayWhatToTypeNext() {
    say("For a project of your own:");
    here.out()
        .print(
            """
              salvor serve
              cd YOUR-PROJECT
              salvor task add "What is to be done" --agent claude --brief-file brief.md
              salvor task dispatch TASK-0001 --wait
              salvor task diff TASK-0001
              SALVOR_ACTOR=user:reviewer salvor task approve TASK-0001 --merge
            """);
    here.out().flush();
  }

  /// Ends the server and deletes everything.
  ///
  /// @param signal interrupts once: what it interrupts here is begun again
  public void cleanUp(Signal signal) throws IOException {
    boolean over = stop();
    if (!over && signal.came()) {
      over = stop();
    }
    if (!over) {
      say("The server could not be ended, so this is left: " + scratch.root());
      return;
    }
    if (signal.came()) {
      endWhatOnlyStarts();
    }
    scratch.delete();
    say("Cleaned up: the server is ended, " + scratch.root() + " is gone.");
  }

  private boolean stop() {
    boolean _ = Thread.interrupted(); // or the call would be given up at once
    var nowhere = new Printer(new ByteArrayOutputStream(), false);
    return commands.run(there(scratch.environment(), nowhere), "stop", "--cancel")
        == ExitCode.OK.code();
  }

  /// A server that was cut off on its way up could not hear that it shall end. It is a child of
  /// this process, which has no others.
  private static void endWhatOnlyStarts() {
    ProcessHandle.current()
        .children()
        .forEach(child -> {
          child.destroyForcibly();
          child.onExit().join();
        });
  }

  /// Says where things are, and how to be rid of them.
  public void sayWhatIsKept() {
    say("Kept, with its server running:");
    here.out().println("  cd " + Quoted.word(scratch.project().toString()));
    here.out().println("  export SALVOR_HOME=" + Quoted.word(scratch.home().toString()));
    here.out().println("  salvor task list");
    here.out().println("and in the end");
    here.out().println("  salvor stop && rm -rf " + Quoted.word(scratch.root().toString()));
    here.out().flush();
  }

  private void say(String text) {
    boolean bold = here.colour();
    here.out().println();
    here.out().println(bold ? "\u001b[1m" + text + "\u001b[0m" : text);
    here.out().println();
    here.out().flush();
  }

  private void shown(String command) {
    boolean colour = here.colour();
    here.out().println(colour ? "\u001b[36m$ " + command + "\u001b[0m" : "$ " + command);
    here.out().flush();
  }

  private void salvor(ExitCode expected, String... words) {
    salvor(scratch.environment(), expected, words);
  }

  private void salvor(Map<String, String> environment, ExitCode expected, String... words) {
    String actor = environment.get("SALVOR_ACTOR");
    shown((actor == null ? "" : "SALVOR_ACTOR=" + actor + " ") + "salvor " + typed(words));
    int exit = commands.run(there(environment, here.out()), words);
    here.err().flush();
    here.out().println();
    here.out().flush();
    if (exit != expected.code()) {
      throw new Failure(
          ExitCode.FAILURE,
          "TOUR_BROKEN",
          "salvor " + typed(words) + " ended with " + exit + ", not with " + expected.code(),
          "salvor demo --keep, then SALVOR_HOME=.../home salvor logs");
    }
  }

  private static String typed(String... words) {
    var typed = new StringBuilder();
    for (String word : words) {
      typed.append(word.contains(" ") ? " \"" + word + "\"" : " " + word);
    }
    return typed.substring(1);
  }

  private Map<String, String> as(String actor) {
    var environment = new HashMap<>(scratch.environment());
    environment.put("SALVOR_ACTOR", actor);
    return environment;
  }

  private Surroundings there(Map<String, String> environment, Printer out) {
    return new Surroundings(
        environment,
        scratch.project(),
        new ByteArrayInputStream(new byte[0]),
        out,
        out,
        false,
        here.outIsTerminal(),
        here.outIsTerminal(),
        here.clock(),
        here::zone);
  }

  /// Reading a FIFO blocks until the agent writes to it.
  private void awaitSignal() throws IOException, InterruptedException {
    var signal =
        CompletableFuture.supplyAsync(() -> {
          try {
            return Files.readString(scratch.signal());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    try {
      signal.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the agent did not come to its second file", e);
    }
  }

  /// The agent may be at its second file before its start is written down.
  private String pid() throws IOException, InterruptedException {
    for (int left = LOOKS; left > 0; left--) {
      var printed = new ByteArrayOutputStream();
      var out = new Printer(printed, false);
      commands.run(there(scratch.environment(), out), "task", "show", TASK, "-o", "json");
      var matcher = PID.matcher(printed.toString(StandardCharsets.UTF_8));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Reconnect.rest(BETWEEN_LOOKS);
    }
    throw new IOException("the agent's process is not told");
  }
}
