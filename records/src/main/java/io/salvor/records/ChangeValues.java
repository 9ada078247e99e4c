package io.salvor.records;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.task.Change;
import io.salvor.record.v1.Change.Number;
import io.salvor.record.v1.Change.Tasks;
import io.salvor.record.v1.Change.Text;
import io.salvor.record.v1.Change.TimeLimit;
import io.salvor.record.v1.Timer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a person changed, as it is stored.
final class ChangeValues {
  private static final Same<Change.Timer, Timer> TIMER =
      Same.of(Change.Timer.class, Timer.class, "TIMER_");

  private ChangeValues() {}

  static io.salvor.record.v1.Change change(Change change) {
    var stored = io.salvor.record.v1.Change.newBuilder();
    switch (change) {
      case Change.Title(var title) -> stored.setTitle(title);
      case Change.Brief(var hash) -> stored.setBriefHash(hash);
      case Change.Worker(var agent) -> stored.setWorker(SpecValues.agent(agent));
      case Change.Model(var model) -> stored.setModel(text(model));
      case Change.Profile(var profile) -> stored.setProfile(SpecValues.PROFILE.stored(profile));
      case Change.Launching(var launcher) ->
          stored.setLauncher(SpecValues.LAUNCHER.stored(launcher));
      case Change.TimeLimit(var timer, var limit) ->
          stored.setTimeLimit(
              TimeLimit.newBuilder()
                  .setTimer(TIMER.stored(timer))
                  .setLimit(Scalars.duration(limit)));
      case Change.Cost(var limit) ->
          stored.setCostMicroUsd(
              number(limit.map(it -> OptionalLong.of(it.value())).orElse(OptionalLong.empty())));
      case Change.Tokens(var limit) -> stored.setTokens(number(limit));
      case Change.Turns(var limit) ->
          stored.setTurns(
              number(limit.isPresent() ? OptionalLong.of(limit.getAsInt()) : OptionalLong.empty()));
      case Change.OutputBytes(var limit) -> stored.setOutputBytes(limit);
      case Change.DependsOn(var tasks) ->
          stored.setDependsOn(Tasks.newBuilder().addAllIds(Scalars.tasks(tasks)));
      case Change.Base(var revision) -> stored.setBase(text(revision));
      case Change.Target(var branch) -> stored.setTarget(text(branch));
      case Change.Urgency(var priority) -> stored.setPriority(SpecValues.priority(priority));
      case Change.Labels(var labels) -> stored.getLabelsBuilder().addAllLabels(labels);
      case Change.Domain(var domain) -> stored.setDomain(text(domain));
      case Change.Recovering(var recovery) -> stored.setRecovery(SpecValues.recovery(recovery));
    }
    return stored.build();
  }

  static Change change(io.salvor.record.v1.Change stored) {
    return switch (stored.getChangeCase()) {
      case TITLE -> new Change.Title(stored.getTitle());
      case BRIEF_HASH -> new Change.Brief(stored.getBriefHash());
      case WORKER -> new Change.Worker(SpecValues.agent(stored.getWorker()));
      case MODEL -> new Change.Model(text(stored.getModel()));
      case PROFILE -> new Change.Profile(SpecValues.PROFILE.ours(stored.getProfile()));
      case LAUNCHER -> new Change.Launching(SpecValues.LAUNCHER.ours(stored.getLauncher()));
      case TIME_LIMIT ->
          new Change.TimeLimit(
              TIMER.ours(stored.getTimeLimit().getTimer()),
              Scalars.duration(stored.getTimeLimit().getLimit()));
      case COST_MICRO_USD ->
          new Change.Cost(
              stored.getCostMicroUsd().hasValue()
                  ? Optional.of(new MicroUsd(stored.getCostMicroUsd().getValue()))
                  : Optional.empty());
      case TOKENS -> new Change.Tokens(number(stored.getTokens()));
      case TURNS ->
          new Change.Turns(
              stored.getTurns().hasValue()
                  ? OptionalInt.of(Math.toIntExact(stored.getTurns().getValue()))
                  : OptionalInt.empty());
      case OUTPUT_BYTES -> new Change.OutputBytes(stored.getOutputBytes());
      case DEPENDS_ON -> new Change.DependsOn(Scalars.tasksOf(stored.getDependsOn().getIdsList()));
      case BASE -> new Change.Base(text(stored.getBase()));
      case TARGET -> new Change.Target(text(stored.getTarget()));
      case PRIORITY -> new Change.Urgency(SpecValues.priority(stored.getPriority()));
      case LABELS -> new Change.Labels(stored.getLabels().getLabelsList());
      case DOMAIN -> new Change.Domain(text(stored.getDomain()));
      case RECOVERY -> new Change.Recovering(SpecValues.recovery(stored.getRecovery()));
      case CHANGE_NOT_SET -> throw new Malformed("a change says what is changed");
    };
  }

  private static Text text(Optional<String> value) {
    var stored = Text.newBuilder();
    value.ifPresent(stored::setValue);
    return stored.build();
  }

  private static Optional<String> text(Text stored) {
    return stored.hasValue() ? Optional.of(stored.getValue()) : Optional.empty();
  }

  private static Number number(OptionalLong value) {
    var stored = Number.newBuilder();
    value.ifPresent(stored::setValue);
    return stored.build();
  }

  private static OptionalLong number(Number stored) {
    return stored.hasValue() ? OptionalLong.of(stored.getValue()) : OptionalLong.empty();
  }
}
