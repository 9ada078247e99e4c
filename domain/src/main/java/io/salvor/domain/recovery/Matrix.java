package io.salvor.domain.recovery;

import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.task.Advice;
import io.salvor.domain.task.Adviser;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.Change.Timer;
import io.salvor.domain.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// The recovery matrix: total, so that every ending has a remedy. Rows are asked in their order and
/// the first that applies says what is to be done. Immutable.
public final class Matrix implements Adviser {
  private static final List<Row> ROWS = Rows.all();

  /// The rows in their order.
  public static List<Row> rows() {
    return ROWS;
  }

  /// The row that applies.
  public static Row row(Symptoms symptoms) {
    for (Row row : ROWS) {
      if (row.applies().test(symptoms)) {
        return row;
      }
    }
    throw new IllegalStateException("the last row applies always");
  }

  @Override
  public Advice advise(Task task) {
    Row row = row(Symptoms.of(task));
    List<Change> changes =
        Stream.concat(row.raise().stream(), exhausted(task).filter(it -> !row.raise().contains(it)))
            .flatMap(it -> raised(it, task))
            .toList();
    Optional<String> comment =
        row.name().equals(Rows.SAME_TWICE) ? Optional.of(BothDiagnoses.of(task)) : Optional.empty();
    return new Advice(row.name(), row.remedy(), changes, row.why(), comment);
  }

  /// Limits of which nothing is left: whatever the cause, nothing begins before they are raised.
  private static Stream<Row.Raise> exhausted(Task task) {
    Limits limits = task.spec().limits();
    boolean cost =
        limits.cost().isPresent()
            && task.cost().filter(it -> it.compareTo(limits.cost().get()) >= 0).isPresent();
    boolean tokens = limits.tokens().isPresent() && task.tokens() >= limits.tokens().getAsLong();
    return Stream.concat(
        cost ? Stream.of(Row.Raise.COST) : Stream.empty(),
        tokens ? Stream.of(Row.Raise.TOKENS) : Stream.empty());
  }

  /// Twice as much of a limit, or of what was used where that is more, but no more than a limit may
  /// be; nothing where there is no such limit.
  private static Stream<Change> raised(Row.Raise limit, Task task) {
    Limits limits = task.spec().limits();
    return switch (limit) {
      case DEADLINE -> Stream.of(doubled(Timer.DEADLINE, limits.deadline()));
      case SILENCE -> Stream.of(doubled(Timer.SILENCE, limits.silence()));
      case FIRST_EVENT -> Stream.of(doubled(Timer.FIRST_EVENT, limits.firstEvent()));
      case TURNS ->
          limits.turns().stream()
              .mapToObj(it -> new Change.Turns(OptionalInt.of((int) twice(it, Limits.MOST_TURNS))));
      case COST ->
          limits.cost().stream()
              .map(it -> Math.max(it.value(), task.cost().map(MicroUsd::value).orElse(0L)))
              .map(it -> new Change.Cost(Optional.of(new MicroUsd(twice(it, Limits.MOST)))));
      case TOKENS ->
          limits.tokens().stream()
              .map(it -> Math.max(it, task.tokens()))
              .mapToObj(it -> new Change.Tokens(OptionalLong.of(twice(it, Limits.MOST))));
      case MODEL -> Symptoms.fallback(task).stream().map(it -> new Change.Model(Optional.of(it)));
    };
  }

  private static Change doubled(Timer timer, Duration limit) {
    boolean beyond = limit.compareTo(Limits.LONGEST.dividedBy(2)) > 0;
    Duration most = limit.compareTo(Limits.LONGEST) > 0 ? limit : Limits.LONGEST;
    return new Change.TimeLimit(timer, beyond ? most : limit.multipliedBy(2));
  }

  private static long twice(long it, long most) {
    return it > most / 2 ? Math.max(it, most) : 2 * it;
  }
}
