package io.salvor.server.config;

import io.salvor.domain.admission.AdmissionPolicy;
import io.salvor.domain.admission.Allowance;
import io.salvor.domain.admission.Quota;
import io.salvor.domain.agent.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What many tasks may have together: `max_concurrent`, in all and of agents and projects, and what
/// may be used in a day and in a project.
final class QuotaSettings {
  /// In `[limits]`, beside those of one task.
  static final List<String> DAY_KEYS = List.of("usd_per_day", "tokens_per_day");

  private static final List<String> PROJECT_KEYS =
      List.of("usd_per_day", "tokens_per_day", "usd", "tokens");
  private static final String SLOTS = "max_concurrent";
  private static final int USUAL_SLOTS = 4;

  private QuotaSettings() {}

  /// Known in the table of an agent or of a project, beside these.
  static List<String> withSlots(List<String> keys) {
    var all = new ArrayList<>(keys);
    all.add(SLOTS);
    return List.copyOf(all);
  }

  /// Those of the whole file.
  ///
  /// @param limits the table `[limits]`
  /// @param agents the tables of agents, by their names
  /// @param projects the tables of projects, by their roots
  static AdmissionPolicy policy(
      Settings file,
      Settings limits,
      SortedMap<String, Settings> agents,
      SortedMap<String, Settings> projects) {
    var agentQuotas = new TreeMap<String, Quota>();
    agents.forEach((name, table) ->
        agentQuotas.put(name, new Quota(slots(table), Allowance.ANY, Allowance.ANY)));
    var projectQuotas = new TreeMap<String, Quota>();
    projects.forEach((root, table) -> {
      Settings own = table.table("limits", PROJECT_KEYS);
      projectQuotas.put(
          root, new Quota(slots(table), perDay(own), allowance(own, "usd", "tokens")));
    });
    return new AdmissionPolicy(
        file.count(SLOTS).map(Long::intValue).orElse(USUAL_SLOTS),
        perDay(limits),
        agentQuotas,
        projectQuotas);
  }

  private static OptionalInt slots(Settings table) {
    return table
        .count(SLOTS)
        .map(it -> OptionalInt.of(it.intValue()))
        .orElseGet(OptionalInt::empty);
  }

  private static Allowance perDay(Settings table) {
    return allowance(table, "usd_per_day", "tokens_per_day");
  }

  private static Allowance allowance(Settings table, String cost, String tokens) {
    return new Allowance(
        table.money(cost),
        table.count(tokens, Limits.MOST).map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }
}
