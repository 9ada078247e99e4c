package io.salvor.simulator;

import io.salvor.domain.engine.Input;
import io.salvor.domain.id.TaskId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which inputs met tasks in which states.
final class Coverage {
  private final TreeMap<String, Long> met = new TreeMap<>();
  private final EnumMap<Fault, Long> faults = new EnumMap<>(Fault.class);

  void note(Ledger ledger, Input input) {
    switch (input) {
      case Input.Ask ask -> count(ledger, ask.command().task(), ask.command());
      case Input.Govern govern -> count("INSTANCE", govern.command());
      case Input.Saw saw -> count(ledger, saw.observation().task(), saw.observation().finding());
      case Input.EffectLost(var task, _) -> count(ledger, task, input);
      case Input.Memory memory -> count("INSTANCE", memory);
      case Input.Tick _, Input.Admit _ -> {}
    }
  }

  private void count(Ledger ledger, TaskId task, Object input) {
    String state = ledger.task(task).map(it -> it.kind().name()).orElse("(none)");
    count(state, input);
  }

  private void count(String state, Object input) {
    met.merge(state + " × " + input.getClass().getSimpleName(), 1L, Long::sum);
  }

  /// Something went wrong.
  void fault(Fault kind) {
    faults.merge(kind, 1L, Long::sum);
  }

  /// Kinds of faults that never came about.
  Set<Fault> missing() {
    Set<Fault> missing = EnumSet.allOf(Fault.class);
    missing.removeAll(faults.keySet());
    return missing;
  }

  void add(Coverage other) {
    other.faults.forEach((kind, times) -> faults.merge(kind, times, Long::sum));
    other.met.forEach((pair, times) -> met.merge(pair, times, Long::sum));
  }

  /// The states that were met; a task that is not there is one too.
  Set<String> states() {
    var states = new TreeSet<String>();
    met.keySet().forEach(pair -> states.add(pair.substring(0, pair.indexOf(' '))));
    return states;
  }

  /// How often anything went wrong.
  long faults() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }

  int pairs() {
    return met.size();
  }

  /// Each pair with how often it was met, one a line.
  String table() {
    var text = new StringBuilder();
    met.forEach((pair, times) -> text.append("%,12d  %s%n".formatted(times, pair)));
    faults.forEach((kind, times) -> text.append("%,12d  fault %s%n".formatted(times, kind)));
    return text.toString();
  }
}
