package io.salvor.server.grpc;

import io.salvor.domain.access.Actor;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.Statement;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.TaskFact;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.sqlite.Interventions;
import io.salvor.v1.Intervention;
import io.salvor.v1.ListInterventionsRequest;
import io.salvor.v1.ListInterventionsResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Lists what people forced. Thread-safe.
final class ForcedByPeople {
  private final Interventions interventions;
  private final TaskLookup lookup;

  ForcedByPeople(Interventions interventions, TaskLookup lookup) {
    this.interventions = interventions;
    this.lookup = lookup;
  }

  ListInterventionsResponse list(ListInterventionsRequest request) {
    int size = Pages.size(request.getPageSize());
    long before = Pages.number(request.getPageToken(), Long.MAX_VALUE);
    List<StoredRecord> page = interventions.page(wanted(request), before, size);
    var response = ListInterventionsResponse.newBuilder();
    page.forEach(stored -> message(stored).ifPresent(response::addInterventions));
    if (page.size() == size) {
      response.setNextPageToken(Long.toString(page.getLast().seq()));
    }
    return response.build();
  }

  private static Interventions.Wanted wanted(ListInterventionsRequest request) {
    Optional<Instant> since =
        request.hasSinceTime()
            ? Optional.of(Names.instant("since_time", request.getSinceTime()))
            : Optional.empty();
    return new Interventions.Wanted(
        since,
        Texts.name("project", request.getProject()),
        Texts.name("actor", request.getActor()));
  }

  /// Empty where nobody forced anything: Salvor's own doing, or a change of no limit.
  private Optional<Intervention> message(StoredRecord stored) {
    Entry entry = RecordCodec.decode(stored);
    if (entry.actor().equals(Actor.SALVOR)) {
      return Optional.empty();
    }
    return kind(entry.statement())
        .map(kind -> {
          var message =
              Intervention.newBuilder()
                  .setSeq(entry.seq())
                  .setTime(Names.time(entry.at()))
                  .setActor(entry.actor().value())
                  .setKind(kind)
                  .setReason(reason(entry.statement()))
                  .setSummary(FactLine.of(entry.statement()));
          entry
              .ofTask()
              .ifPresent(recorded -> {
                TaskId task = recorded.task();
                message.setTask(Names.task(task)).setDisplayId(lookup.display(task));
              });
          return message.build();
        });
  }

  private static Optional<Intervention.Kind> kind(Statement statement) {
    return Optional.ofNullable(
        switch (statement) {
          case Statement.OfTask(var recorded) ->
              switch (recorded.fact()) {
                case TaskFact.Retried _ -> Intervention.Kind.RETRY;
                case TaskFact.Skipped _ -> Intervention.Kind.SKIP;
                case TaskFact.ResetIntended _ -> Intervention.Kind.RESET;
                case TaskFact.Reopened _ -> Intervention.Kind.REOPEN;
                case TaskFact.Cancelled _ -> Intervention.Kind.CANCEL;
                case TaskFact.Forced _ -> Intervention.Kind.FORCE;
                case TaskFact.BudgetChanged _ -> Intervention.Kind.LIMITS;
                case TaskFact.Edited edited ->
                    edited.changes().stream().anyMatch(ForcedByPeople::isLimit)
                        ? Intervention.Kind.LIMITS
                        : null;
                case TaskFact.Answered _ -> Intervention.Kind.ANSWER;
                case TaskFact.ShellOpened _ -> Intervention.Kind.DEBUG;
                default -> null;
              };
          case Statement.OfInstance about ->
              switch (about.fact()) {
                case InstanceFact.Frozen _ -> Intervention.Kind.FREEZE;
                case InstanceFact.Unfrozen _ -> Intervention.Kind.UNFREEZE;
                default -> null;
              };
        });
  }

  private static boolean isLimit(Change change) {
    return change instanceof Change.Cost
        || change instanceof Change.Tokens
        || change instanceof Change.Turns
        || change instanceof Change.TimeLimit
        || change instanceof Change.OutputBytes;
  }

  private static String reason(Statement statement) {
    return switch (statement) {
      case Statement.OfTask(var recorded) ->
          switch (recorded.fact()) {
            case TaskFact.Retried retried -> retried.reason();
            case TaskFact.Skipped skipped -> skipped.reason();
            case TaskFact.ResetIntended reset -> reset.reason();
            case TaskFact.Reopened reopened -> reopened.reason();
            case TaskFact.Cancelled cancelled -> cancelled.reason();
            default -> "";
          };
      case Statement.OfInstance about ->
          switch (about.fact()) {
            case InstanceFact.Frozen frozen -> frozen.reason();
            case InstanceFact.Unfrozen unfrozen -> unfrozen.reason();
            default -> "";
          };
    };
  }
}
