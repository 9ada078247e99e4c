package io.salvor.simulator;

import io.salvor.domain.admission.AdmissionPolicy;
import io.salvor.domain.admission.Allowance;
import io.salvor.domain.admission.Quota;
import io.salvor.domain.agent.MicroUsd;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What many tasks may have together in a story; 0 stands for no limit.
///
/// @param perDay micro-USD of all tasks in a day
/// @param projectPerDay micro-USD of each project in a day
/// @param projectInAll tokens of each project ever
/// @param agentSlots attempts of each agent at once
/// @param projectSlots attempts of each project at once
record Quotas(
    long perDay, long projectPerDay, long projectInAll, int agentSlots, int projectSlots) {
  static final Quotas NONE = new Quotas(0, 0, 0, 0, 0);

  static Quotas drawnFrom(Dice dice) {
    return new Quotas(
        seldom(dice) * 1_000_000L,
        seldom(dice) * 500_000L,
        seldom(dice) * 150L,
        seldom(dice) > 0 ? 1 : 0,
        seldom(dice) > 0 ? 1 : 0);
  }

  private static int seldom(Dice dice) {
    return dice.below(4) == 0 ? dice.between(1, 8) : 0;
  }

  AdmissionPolicy policy(int slots) {
    var agents = new TreeMap<String, Quota>();
    for (String agent : List.of("claude", "command")) {
      agents.put(agent, new Quota(most(agentSlots), Allowance.ANY, Allowance.ANY));
    }
    var projects = new TreeMap<String, Quota>();
    for (int i = 0; i < 2; i++) {
      projects.put(
          "/work/project" + i,
          new Quota(
              most(projectSlots),
              money(projectPerDay),
              new Allowance(
                  Optional.empty(),
                  projectInAll > 0 ? OptionalLong.of(projectInAll) : OptionalLong.empty())));
    }
    return new AdmissionPolicy(slots, money(perDay), agents, projects);
  }

  private static OptionalInt most(int slots) {
    return slots > 0 ? OptionalInt.of(slots) : OptionalInt.empty();
  }

  private static Allowance money(long micros) {
    return micros > 0
        ? new Allowance(Optional.of(new MicroUsd(micros)), OptionalLong.empty())
        : Allowance.ANY;
  }
}
