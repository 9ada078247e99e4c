package io.salvor.domain.task;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.RetryAfter;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.task.Ending.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What an attempt's output has said so far.
///
/// @param offset where the last accepted batch of output ended
/// @param events how many events were accepted
/// @param toolCalls how many tool calls began
/// @param openTool the tool call that began last and has not ended: its id and the tool's name
/// @param question what the agent waits for a person to answer
/// @param words what it said in closing
/// @param actions what it did last, with the results
/// @param waiting what it last said, where that was that it waits for its provider
public record Progress(
    long offset,
    int events,
    int toolCalls,
    Optional<OpenTool> openTool,
    Optional<String> session,
    Optional<String> model,
    Usage usage,
    Optional<String> question,
    boolean reloadAsked,
    LastWords words,
    Actions actions,
    Optional<Waiting> waiting) {

  /// Nothing said yet.
  public static final Progress NONE =
      new Progress(
          0,
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Usage.NONE,
          Optional.empty(),
          false,
          LastWords.NONE,
          Actions.NONE,
          Optional.empty());

  /// An agent waits for its provider.
  ///
  /// @param notices how often in a row it said so
  /// @param delay as it said last; 0 where it said none
  public record Waiting(int notices, OptionalInt httpStatus, Duration delay) {
    private static Waiting after(Optional<Waiting> before, AgentEvent.ProviderRetry retry) {
      return new Waiting(
          before.map(Waiting::notices).orElse(0) + 1, retry.httpStatus(), retry.delay());
    }

    /// What it waits for, as an ending; one that names no status only lost the connection.
    Reason reason() {
      return httpStatus.isPresent()
          ? EndingClassifier.provider(httpStatus.getAsInt()).orElse(Reason.PROVIDER_OUTAGE)
          : Reason.PROVIDER_OUTAGE;
    }

    /// Whether the provider refused the credentials again: waiting does not mend them.
    boolean inVain() {
      return notices > 1 && reason() == Reason.PROVIDER_AUTH;
    }
  }

  /// What it said last in closing, at whatever time.
  public Optional<AgentEvent.Terminal> terminal() {
    return words.latest();
  }

  /// When the provider wants to be asked again, by what was said up to `now`.
  public Optional<Instant> notBefore(Instant now) {
    Optional<AgentEvent.Terminal> last = terminal();
    return last.isPresent()
        ? last.get().retryAfter().map(it -> it.from(now))
        : waiting
            .filter(it -> it.delay().isPositive())
            .map(it -> new RetryAfter.In(it.delay()).from(now));
  }

  /// A tool call that has not ended.
  ///
  /// @param shown the tool and the beginning of its input, for people
  public record OpenTool(String callId, String tool, String shown, long inputHash) {
    static OpenTool of(AgentEvent.ToolCalled called) {
      return new OpenTool(
          called.callId(),
          called.tool(),
          Actions.shown(called.tool(), called.input()),
          Actions.hash(called.tool() + "\n" + called.input()));
    }
  }

  /// The progress after one more event of a batch that ends at `to`.
  Progress after(AgentEvent event, long to) {
    Optional<OpenTool> tool =
        switch (event) {
          case AgentEvent.ToolCalled called -> Optional.of(OpenTool.of(called));
          case AgentEvent.ToolReturned returned ->
              openTool.filter(open -> !open.callId().equals(returned.callId()));
          default -> openTool;
        };
    return new Progress(
        to,
        events + 1,
        event instanceof AgentEvent.ToolCalled ? toolCalls + 1 : toolCalls,
        tool,
        event instanceof AgentEvent.SessionStarted started
            ? Optional.of(started.sessionId())
            : session,
        event instanceof AgentEvent.SessionStarted started && started.model().isPresent()
            ? started.model()
            : model,
        event instanceof AgentEvent.Used used ? usage.max(used.total()) : usage,
        event instanceof AgentEvent.Asked asked ? Optional.of(asked.question()) : question,
        reloadAsked || event instanceof AgentEvent.ReloadAsked,
        event instanceof AgentEvent.Terminal last ? words.with(last) : words,
        event instanceof AgentEvent.ToolReturned returned ? afterReturn(returned) : actions,
        event instanceof AgentEvent.ProviderRetry retry
            ? Optional.of(Waiting.after(waiting, retry))
            : Optional.empty());
  }

  /// The progress of an agent that is ended because it lingered after its last word: that one
  /// stands, whatever it says when it is asked to go.
  Progress afterTheLastWord(AgentEvent event, long to) {
    Progress after = after(event, to);
    return new Progress(
        after.offset,
        after.events,
        after.toolCalls,
        after.openTool,
        after.session,
        after.model,
        after.usage,
        after.question,
        after.reloadAsked,
        words,
        after.actions,
        after.waiting);
  }

  private Actions afterReturn(AgentEvent.ToolReturned returned) {
    return openTool
        .filter(open -> open.callId().equals(returned.callId()))
        .map(open -> actions.with(open, returned))
        .orElse(actions);
  }
}
