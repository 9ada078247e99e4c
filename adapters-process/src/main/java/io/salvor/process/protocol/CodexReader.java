package io.salvor.process.protocol;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.AgentEvent.Verdict;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.Usage;
import io.salvor.domain.agent.Usage.CostSource;
import io.salvor.process.text.Excerpts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Understands the JSON lines of `codex exec`, together with the record of the session. Shapes
/// drift between releases: keyed on `type`, and what is not known says nothing.
final class CodexReader implements LineReader {
  private final Excerpts excerpts;
  private final CodexUsage usage;
  private final CodexItems items;
  private final Function<String, CodexRollout> rollouts;
  private Optional<CodexRollout> rollout = Optional.empty();
  private String session = "";
  private String model;
  private ByteRange latest = new ByteRange(0, 0);
  private boolean completed;

  /// A turn that failed, of which the record may still come to tell why.
  private Optional<AgentEvent.Terminal> failed = Optional.empty();

  CodexReader(Excerpts excerpts, CodexUsage usage, Function<String, CodexRollout> rollouts) {
    this.excerpts = excerpts;
    this.usage = usage;
    this.items = new CodexItems(excerpts);
    this.rollouts = rollouts;
    this.model = usage.model();
  }

  @Override
  public List<AgentEvent> read(ByteRange at, String line) {
    if (line.isBlank()) {
      return List.of();
    }
    Optional<JsonNode> event = Json.object(line);
    if (event.isEmpty()) {
      return List.of(new AgentEvent.Unreadable(at, "not a JSON object"));
    }
    JsonNode it = event.get();
    latest = at;
    return switch (Json.text(it, "type")) {
      case "thread.started" -> started(at, it);
      case "turn.started" -> {
        failed = Optional.empty();
        completed = false;
        yield List.of();
      }
      case "item.started" -> with(at, items.started(at, it.path("item")));
      case "item.completed" -> with(at, items.completed(at, it.path("item")));
      case "turn.completed" -> completed(at, it);
      case "turn.failed" -> failed(at, it);
      // of this kind are its retries too: only the end of the turn is an end
      case "error" -> List.of(new AgentEvent.ProviderRetry(at, OptionalInt.empty(), Duration.ZERO));
      default -> List.of();
    };
  }

  private List<AgentEvent> started(ByteRange at, JsonNode it) {
    session = excerpts.name(Json.text(it, "thread_id"));
    if (session.isEmpty()) {
      return List.of();
    }
    rollout = Optional.of(rollouts.apply(session));
    return List.of(named(at));
  }

  private AgentEvent named(ByteRange at) {
    return new AgentEvent.SessionStarted(
        at, session, Optional.of(excerpts.name(model)).filter(name -> !name.isEmpty()));
  }

  /// What was said, and what the record has come to tell meanwhile.
  private List<AgentEvent> with(ByteRange at, List<AgentEvent> said) {
    List<AgentEvent> events = new ArrayList<>(said);
    boolean grew = rollout.isPresent() && rollout.get().readInto(usage);
    if (!usage.model().equals(model) && !session.isEmpty()) {
      model = usage.model();
      events.add(named(at));
    }
    if (grew) {
      events.add(new AgentEvent.Used(at, usage.soFar(CostSource.ACCUMULATED)));
    }
    return events;
  }

  private List<AgentEvent> completed(ByteRange at, JsonNode it) {
    List<AgentEvent> events = new ArrayList<>(with(at, List.of()));
    events.removeIf(AgentEvent.Used.class::isInstance);
    if (usage.add(it.path("usage"))) {
      usage.addTurn(); // the record is behind, or not there
    }
    completed = true;
    events.add(new AgentEvent.Used(at, usage.soFar(CostSource.PRICED)));
    events.add(
        new AgentEvent.Terminal(
            at, Verdict.SUCCESS, excerpts.text(items.lastMessage()), items.declined()));
    return events;
  }

  private List<AgentEvent> failed(ByteRange at, JsonNode it) {
    String message = Json.text(it.path("error"), "message");
    failed =
        Optional.of(
            new AgentEvent.Terminal(at, Verdict.ERROR, excerpts.text(message), items.declined()));
    return with(at, List.of());
  }

  /// What a turn that did not complete has used, and why it failed. Its totals are told again even
  /// where a line has told them: whoever heard that line before may not have heard what the record
  /// said by now.
  @Override
  public List<AgentEvent> end() {
    if (completed) {
      return List.of();
    }
    ByteRange at = failed.map(AgentEvent.Terminal::at).orElse(latest);
    List<AgentEvent> events = new ArrayList<>(with(at, List.of()));
    events.removeIf(AgentEvent.Used.class::isInstance);
    Usage used = usage.soFar(CostSource.ACCUMULATED);
    if (!used.equals(Usage.NONE)) {
      events.add(new AgentEvent.Used(at, used));
    }
    failed.map(this::judged).ifPresent(events::add);
    return events;
  }

  private AgentEvent judged(AgentEvent.Terminal said) {
    Verdict verdict = rollout.flatMap(CodexRollout::failure).orElse(said.verdict());
    return new AgentEvent.Terminal(said.at(), verdict, said.text(), said.deniedTools());
  }
}
