package io.salvor.process;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentProcesses.Observer;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.domain.time.Now;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what an agent says for the person at its window, where the agent itself writes for
/// programs: a line or a few for each event, after it was accepted. For one thread.
final class Narration implements Observer {
  private static final Logger log = LoggerFactory.getLogger(Narration.class);
  private static final int LONGEST_DETAIL = 300;

  private final Path file;
  private final Observer observer;

  Narration(Path file, Observer observer) {
    this.file = file;
    this.observer = observer;
  }

  @Override
  public boolean output(OutputBatch batch) throws InterruptedException {
    boolean followed = observer.output(batch);
    if (followed) {
      write(batch.events().stream().map(Narration::told).collect(Collectors.joining()));
    }
    return followed;
  }

  @Override
  public void alive(Now at, boolean progress, long written) {
    observer.alive(at, progress, written);
  }

  /// What is missing in the window is in the log all the same.
  private void write(String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      log.debug("cannot write {}", file, e);
    }
  }

  /// Empty, or whole lines.
  static String told(AgentEvent event) {
    return switch (event) {
      case AgentEvent.SessionStarted started ->
          "session "
              + line(started.sessionId())
              + started.model().map(", "::concat).orElse("")
              + "\n";
      case AgentEvent.Said said -> clean(said.text()).strip() + "\n";
      case AgentEvent.ToolCalled call -> "> " + call.tool() + " " + line(call.input()) + "\n";
      case AgentEvent.ToolReturned(_, _, var ok, _, var excerpt) ->
          "  " + (ok ? "" : "failed: ") + line(excerpt) + "\n";
      case AgentEvent.Used _ -> "";
      case AgentEvent.ProviderRetry retry ->
          "waits "
              + retry.delay().toSeconds()
              + " s for its provider"
              + (retry.httpStatus().isPresent() ? ", " + retry.httpStatus().getAsInt() : "")
              + "\n";
      case AgentEvent.Asked(_, var question) -> "asks: " + clean(question).strip() + "\n";
      case AgentEvent.ReloadAsked _ -> "asks to be started again\n";
      case AgentEvent.Terminal word -> word.verdict() + ": " + clean(word.text()).strip() + "\n";
      case AgentEvent.Unreadable(_, var why) -> "unreadable: " + line(why) + "\n";
    };
  }

  private static String line(String text) {
    String line = clean(text).strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST_DETAIL ? line : line.substring(0, LONGEST_DETAIL) + "...";
  }

  /// Without what steers a terminal.
  private static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
  }
}
