package io.salvor.domain.task;

import io.salvor.domain.agent.AgentEvent.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The closing statements of an attempt, oldest first; of many, the latest. Only when it is over
/// one knows how much of its output came before the first signal, and so which of them was its last
/// word: others may have been said in answer to that, or by a child.
public record LastWords(List<Terminal> all) {
  private static final int KEPT = 8;

  /// Nothing said.
  public static final LastWords NONE = new LastWords(List.of());

  public LastWords {
    all = List.copyOf(all);
  }

  /// Whether this very statement was heard.
  boolean has(Terminal word) {
    return all.contains(word);
  }

  LastWords with(Terminal word) {
    var more = new ArrayList<>(all);
    more.add(word);
    return new LastWords(more.subList(Math.max(0, more.size() - KEPT), more.size()));
  }

  /// The one that was said last, at whatever time.
  public Optional<Terminal> latest() {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /// The one that was said last in the output up to there.
  Optional<Terminal> upTo(long offset) {
    return all.reversed().stream().filter(it -> it.at().end() <= offset).findFirst();
  }
}
