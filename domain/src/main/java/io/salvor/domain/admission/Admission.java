package io.salvor.domain.admission;

import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.instance.Freeze;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.Trouble;
import io.salvor.domain.spending.Amount;
import io.salvor.domain.spending.Spending;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Meter;
import io.salvor.domain.task.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/// Who may begin now. Decided from the log and the memory alone; what runs already is not asked.
///
/// A limit over many tasks pauses admission when it is reached; it is passed at most by what the
/// attempts that are open then still use, each within the limits of its task.
///
/// @param closed why no attempt begins at all, where the server itself says so
/// @param troubles providers that have not answered the last attempt
/// @param freeze what a person ordered, where it stands
public record Admission(
    AdmissionPolicy policy,
    Optional<Hold> closed,
    Optional<Freeze> freeze,
    MemoryBand memory,
    Held held,
    Spending spending,
    SortedMap<Provider, Trouble> troubles) {

  /// Why this task would not begin; empty where it would as soon as its turn comes.
  public Optional<Hold> hold(Task task, Instant now) {
    return hold(Provider.of(task.spec().agent()), task.spec().project(), now);
  }

  /// Why a task with this provider in this project would not begin; empty where it would. What
  /// holds the longest and everybody is named first.
  public Optional<Hold> hold(Provider provider, String project, Instant now) {
    if (closed.isPresent()) {
      return closed;
    }
    if (freeze.isPresent()) {
      return Optional.of(new Hold.Frozen(freeze.get()));
    }
    return spent(project, now)
        .or(() -> away(provider, now))
        .or(() -> noSlot(provider.agent(), project))
        .or(this::noMemory);
  }

  /// One attempt at a time shows how a provider stands that is held.
  private Optional<Hold> away(Provider provider, Instant now) {
    Optional<Trouble> trouble = Optional.ofNullable(troubles.get(provider));
    return trouble
        .flatMap(Trouble::holding)
        .filter(it -> it.lasts(now) || it.trial().isPresent())
        .map(it ->
            new Hold.ProviderAway(
                provider, trouble.get(), it.trial().isPresent() && !it.lasts(now), it.until()));
  }

  private Optional<Hold> spent(String project, Instant now) {
    long today = Spent.day(now);
    Quota quota = policy.project(project);
    return allSpent(project, quota.inAll())
        .or(() -> daySpent(new Scope.All(), policy.perDay(), spending.on(today), today))
        .or(() ->
            daySpent(
                new Scope.OfProject(project), quota.perDay(), spending.on(today, project), today));
  }

  private Optional<Hold> allSpent(String project, Allowance allowance) {
    Amount used = spending.of(project);
    return reached(allowance, used)
        .map(meter ->
            new Hold.AllSpent(
                project, meter, used.of(meter), allowance.limit(meter).orElseThrow()));
  }

  private static Optional<Hold> daySpent(
      Scope scope, Allowance allowance, Amount used, long today) {
    return reached(allowance, used)
        .map(meter ->
            new Hold.DaySpent(
                scope,
                meter,
                used.of(meter),
                allowance.limit(meter).orElseThrow(),
                Spent.begin(today + 1)));
  }

  private static Optional<Meter> reached(Allowance allowance, Amount used) {
    for (Meter meter : Meter.values()) {
      OptionalLong limit = allowance.limit(meter);
      if (limit.isPresent() && used.of(meter) >= limit.getAsLong()) {
        return Optional.of(meter);
      }
    }
    return Optional.empty();
  }

  private Optional<Hold> noSlot(String agent, String project) {
    if (held.all() >= policy.maxConcurrent()) {
      return Optional.of(new Hold.NoSlot(new Scope.All(), policy.maxConcurrent()));
    }
    return full(new Scope.OfAgent(agent), policy.agent(agent), held.agents().getOrDefault(agent, 0))
        .or(() ->
            full(
                new Scope.OfProject(project),
                policy.project(project),
                held.projects().getOrDefault(project, 0)));
  }

  private static Optional<Hold> full(Scope scope, Quota quota, int held) {
    return quota.maxConcurrent().isPresent() && held >= quota.maxConcurrent().getAsInt()
        ? Optional.of(new Hold.NoSlot(scope, quota.maxConcurrent().getAsInt()))
        : Optional.empty();
  }

  private Optional<Hold> noMemory() {
    return memory == MemoryBand.CRITICAL && held.all() > 0
        ? Optional.of(new Hold.NoMemory())
        : Optional.empty();
  }
}
