package io.salvor.simulator;

/// What one story may contain. Each story draws its own, so that some are calm and some are all
/// disasters: a fault that is always possible hides those that need quiet to show.
///
/// Chances are in thousandths of the steps or tries in question.
///
/// @param steps told before all faults stop
/// @param tasks at most added
/// @param slots of the engine
/// @param crash of the server, each step
/// @param reboot of the host, each step
/// @param clockStep each step
/// @param commitFails each commit
/// @param unavailable each touch of git or the host
/// @param refusal each try to prepare or to start
/// @param strangeAgent each attempt: an agent that does not just work and succeed
/// @param strayKill each step of a process
/// @param nonsense each command: one that nobody sensible would give
/// @param repoEvent each step: something happens to a repository
/// @param freeze each wish: somebody freezes the whole instance
/// @param memory each step: the memory's band changes
/// @param disk each step: it fills up, or has room again
/// @param provider each step: it limits, is overloaded, goes down or comes back
/// @param diskLies whether the disk may lose what it said was synced when the host goes down
/// @param quotas limits over many tasks
/// @param remembered requests that a server remembers: so few that a call is often decided on when
///   what the store said of it is outdated
record Plot(
    int steps,
    int tasks,
    int slots,
    int crash,
    int reboot,
    int clockStep,
    int commitFails,
    int unavailable,
    int refusal,
    int strangeAgent,
    int strayKill,
    int nonsense,
    int repoEvent,
    int freeze,
    int memory,
    int disk,
    int provider,
    boolean diskLies,
    Quotas quotas,
    int remembered) {

  static Plot drawnFrom(Dice dice) {
    return new Plot(
        dice.between(60, 1_500),
        dice.between(1, 8),
        dice.between(1, 3),
        sometimes(dice, 25),
        sometimes(dice, 6),
        sometimes(dice, 10),
        sometimes(dice, 250),
        sometimes(dice, 150),
        sometimes(dice, 300),
        sometimes(dice, 700),
        sometimes(dice, 30),
        sometimes(dice, 500),
        sometimes(dice, 25),
        sometimes(dice, 60),
        sometimes(dice, 40),
        sometimes(dice, 10),
        sometimes(dice, 15),
        dice.below(8) == 7,
        Quotas.drawnFrom(dice),
        dice.below(3));
  }

  /// The same with other limits over many tasks.
  Plot withQuotas(Quotas others) {
    return new Plot(
        steps,
        tasks,
        slots,
        crash,
        reboot,
        clockStep,
        commitFails,
        unavailable,
        refusal,
        strangeAgent,
        strayKill,
        nonsense,
        repoEvent,
        freeze,
        memory,
        disk,
        provider,
        diskLies,
        others,
        remembered);
  }

  /// The rest of the story: nothing goes wrong any more, and nobody asks for anything.
  Plot withoutFaults() {
    return new Plot(
        steps, tasks, slots, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, quotas, remembered);
  }

  private static int sometimes(Dice dice, int most) {
    return dice.below(3) == 0 ? 0 : dice.below(most + 1);
  }
}
