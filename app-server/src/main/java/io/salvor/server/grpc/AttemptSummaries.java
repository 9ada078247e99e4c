package io.salvor.server.grpc;

import com.google.protobuf.util.Durations;
import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.TaskFact;
import io.salvor.v1.AttemptSummary;
import io.salvor.v1.ToolCall;
import io.salvor.v1.ToolTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an attempt did with its time, as its records tell. Used by one thread.
final class AttemptSummaries {
  private static final int SHOWN = 200;

  private final PastAttempt attempt;
  private final Map<String, Recorded> open = new LinkedHashMap<>();
  private final Map<String, Spent> tools = new TreeMap<>();
  private Optional<ToolCall> last = Optional.empty();
  private Instant began;

  /// Time in one tool.
  private record Spent(int calls, int failed, Duration time) {
    static final Spent NONE = new Spent(0, 0, Duration.ZERO);

    Spent called() {
      return new Spent(calls + 1, failed, time);
    }

    Spent returned(Duration more, boolean ok) {
      return new Spent(calls, ok ? failed : failed + 1, time.plus(more));
    }
  }

  /// @param attempt is over
  AttemptSummaries(PastAttempt attempt) {
    this.attempt = attempt;
    this.began = attempt.claimedAt();
  }

  /// Empty where there is nothing to sum up: it called no tool and was not ended for its time.
  Optional<AttemptSummary> told() {
    return tools.isEmpty() && !timedOut(attempt) ? Optional.empty() : Optional.of(message());
  }

  /// Whether it was ended for its time.
  static boolean timedOut(PastAttempt attempt) {
    Reason reason = attempt.ending().reason();
    return reason == Reason.DEADLINE_EXCEEDED || reason == Reason.LINE_TIMEOUT;
  }

  /// Takes the next record of the task and its attempts.
  void take(Recorded it) {
    if (it.fact() instanceof TaskFact.Spawned spawned && spawned.attempt().equals(attempt.ref())) {
      began = it.at();
    }
    if (it.fact() instanceof TaskFact.Observed observed
        && observed.attempt().equals(attempt.ref())) {
      switch (observed.event()) {
        case AgentEvent.ToolCalled called -> {
          open.put(called.callId(), it);
          tools.merge(called.tool(), Spent.NONE.called(), (old, _) -> old.called());
        }
        case AgentEvent.ToolReturned returned -> returned(it, returned);
        default -> {}
      }
    }
  }

  private void returned(Recorded it, AgentEvent.ToolReturned returned) {
    Recorded begin = open.remove(returned.callId());
    if (begin == null) {
      return;
    }
    Duration lasted = Duration.between(begin.at(), it.at());
    tools.computeIfPresent(
        called(begin).tool(), (_, spent) -> spent.returned(lasted, returned.ok()));
    last = Optional.of(call(begin, lasted).setOk(returned.ok()).build());
  }

  private AttemptSummary message() {
    Instant end = attempt.endedAt();
    open.values()
        .forEach(begin ->
            tools.computeIfPresent(
                called(begin).tool(),
                (_, spent) -> spent.returned(Duration.between(begin.at(), end), true)));
    var message =
        AttemptSummary.newBuilder()
            .setAttempt(attempt.ref().number())
            .setTimedOut(timedOut(attempt))
            .setLasted(duration(Duration.between(began, end)));
    last.ifPresent(message::setLastCall);
    open.values().stream()
        .map(begin -> call(begin, Duration.between(begin.at(), end)).build())
        .forEach(message::addOpenCalls);
    tools.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Spent> it) -> it.getValue().time()).reversed())
        .forEach(it -> message.addTools(time(it.getKey(), it.getValue())));
    return message.build();
  }

  private static ToolTime time(String tool, Spent spent) {
    return ToolTime.newBuilder()
        .setTool(tool)
        .setCalls(spent.calls())
        .setFailed(spent.failed())
        .setTime(duration(spent.time()))
        .build();
  }

  private static ToolCall.Builder call(Recorded begin, Duration lasted) {
    AgentEvent.ToolCalled called = called(begin);
    String input = called.input().replaceAll("\\s+", " ").strip();
    return ToolCall.newBuilder()
        .setTool(called.tool())
        .setInput(input.length() <= SHOWN ? input : input.substring(0, SHOWN - 1) + "…")
        .setStartTime(Names.time(begin.at()))
        .setLasted(duration(lasted));
  }

  private static AgentEvent.ToolCalled called(Recorded begin) {
    return (AgentEvent.ToolCalled) ((TaskFact.Observed) begin.fact()).event();
  }

  private static com.google.protobuf.Duration duration(Duration lasted) {
    return Durations.fromMillis(Math.max(0, lasted.toMillis()));
  }
}
