package io.salvor.simulator;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.spending.Amount;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Recorded;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import io.salvor.domain.task.TaskState.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// What must be true of limits over many tasks. Counts by itself what the records tell of use.
final class QuotaOracles {
  private final World world;
  private final Ledger ledger;
  private final TreeMap<String, Long> money = new TreeMap<>();
  private final TreeMap<String, Long> tokens = new TreeMap<>();

  QuotaOracles(World world, Ledger ledger) {
    this.world = world;
    this.ledger = ledger;
  }

  void check(Optional<Task> before, Task after, Recorded recorded) {
    if (recorded.fact() instanceof TaskFact.Claimed) {
      Task queued = before.orElseThrow();
      if (isHeld(queued, recorded.at(), queued)) {
        throw new OracleFailed(
            "quota", after.display() + " begins beyond " + world.plot.quotas() + ": " + money);
      }
    }
    note(before, after, recorded);
  }

  /// Counts, and asks for nothing.
  void note(Optional<Task> before, Task after, Recorded recorded) {
    before.ifPresent(it -> count(it, after, recorded.at()));
  }

  /// Forgets everything.
  void clear() {
    money.clear();
    tokens.clear();
  }

  private void count(Task before, Task after, Instant at) {
    String project = after.spec().project();
    money.merge(day(at) + project, micros(after) - micros(before), Long::sum);
    tokens.merge(project, after.tokens() - before.tokens(), Long::sum);
  }

  /// What the engine or the disk takes to be used must be what the records tell.
  void same(String what, Spending spending) {
    for (Task task : ledger.tasks()) {
      String project = task.spec().project();
      long micros =
          money.entrySet().stream()
              .filter(it -> it.getKey().endsWith(project))
              .mapToLong(it -> it.getValue())
              .sum();
      Amount told = spending.of(project);
      if (told.microUsd() != micros || told.tokens() != tokens.getOrDefault(project, 0L)) {
        throw new OracleFailed("Z22", what + " takes " + told + " for used in " + project);
      }
    }
    spending
        .days()
        .forEach((day, projects) ->
            projects.forEach((project, told) -> {
              if (told.microUsd() != money.getOrDefault(day(Spent.begin(day)) + project, 0L)) {
                throw new OracleFailed("Z22", what + " takes " + told + " for used on " + day);
              }
            }));
  }

  /// Whether a limit over many tasks keeps it from beginning.
  ///
  /// @param beginning the task that has just begun; it is not counted
  boolean isHeld(Task task, Instant now, Task beginning) {
    Quotas quotas = world.plot.quotas();
    String project = task.spec().project();
    long today =
        money.entrySet().stream()
            .filter(it -> it.getKey().startsWith(day(now)))
            .mapToLong(it -> it.getValue())
            .sum();
    return reached(quotas.perDay(), today)
        || reached(quotas.projectPerDay(), money.getOrDefault(day(now) + project, 0L))
        || reached(quotas.projectInAll(), tokens.getOrDefault(project, 0L))
        || reached(
            quotas.agentSlots(),
            held(beginning, it -> it.spec().agent().name().equals(task.spec().agent().name())))
        || reached(
            quotas.projectSlots(), held(beginning, it -> it.spec().project().equals(project)));
  }

  private long held(Task beginning, Predicate<Task> which) {
    return ledger.tasks().stream()
        .filter(it -> it.holdsSlot() && !it.id().equals(beginning.id()))
        .filter(which)
        .count();
  }

  /// Whether it waits in the queue for a day or for a person.
  boolean rests(Task task, Instant now) {
    return task.kind() == Kind.QUEUED && isHeld(task, now, task);
  }

  private static boolean reached(long limit, long used) {
    return limit > 0 && used >= limit;
  }

  private static long micros(Task task) {
    return task.cost().orElse(MicroUsd.ZERO).value();
  }

  private static String day(Instant at) {
    return at.toString().substring(0, 10);
  }
}
