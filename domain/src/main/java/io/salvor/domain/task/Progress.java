package io.salvor.domain.task;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.Usage;
import java.util.Optional;

/// What an attempt's output has said so far.
///
/// @param offset where the last accepted batch of output ended
/// @param events how many events were accepted
/// @param toolCalls how many tool calls began
/// @param openTool the tool call that began last and has not ended: its id and the tool's name
/// @param question what the agent waits for a person to answer
/// @param actions what it did last, with the results
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
    Optional<AgentEvent.Terminal> terminal,
    Actions actions) {

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
          Optional.empty(),
          Actions.NONE);

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
        event instanceof AgentEvent.Terminal last ? Optional.of(last) : terminal,
        event instanceof AgentEvent.ToolReturned returned ? afterReturn(returned) : actions);
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
        terminal,
        after.actions);
  }

  private Actions afterReturn(AgentEvent.ToolReturned returned) {
    return openTool
        .filter(open -> open.callId().equals(returned.callId()))
        .map(open -> actions.with(open, returned))
        .orElse(actions);
  }
}
