package io.salvor.server.filter;

import io.salvor.domain.task.Ending;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState;
import io.salvor.server.filter.Expression.Operator;
import io.salvor.server.filter.Expression.Restriction;
import io.salvor.sqlite.TaskCondition;
import io.salvor.sqlite.TaskCondition.Quantity;
import io.salvor.sqlite.TaskCondition.Text;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What there is to ask of a task.
enum TaskField {
  STATE,
  AGENT,
  PROJECT,
  CREATOR,
  TITLE,
  /// Why the last attempt ended as it did; nothing while it is open.
  REASON,
  /// Came to its state after a moment, or at most so long ago.
  SINCE,
  CREATE_TIME,
  UPDATE_TIME,
  /// Dollars over all attempts; unknown compares with nothing.
  COST,
  ATTEMPTS,
  PRIORITY,
  /// Has this one among them.
  LABELS,
  DOMAIN;

  /// Its name in a filter.
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The field of this name.
  static TaskField named(String label) {
    return Arrays.stream(values())
        .filter(it -> it.label().equals(label))
        .findFirst()
        .orElseThrow(() ->
            new BadFilter(
                "tasks have no field "
                    + label
                    + "; they have "
                    + String.join(", ", Arrays.stream(values()).map(TaskField::label).toList())));
  }

  /// What a restriction on this field asks.
  ///
  /// @param now what lengths of time count back from
  Match match(Restriction asked, Instant now) {
    return switch (this) {
      case STATE -> state(asked);
      case AGENT -> text(asked, it -> it.spec().agent().name(), Optional.of(Text.AGENT));
      case PROJECT -> text(asked, it -> it.spec().project(), Optional.of(Text.PROJECT));
      case CREATOR -> text(asked, it -> it.createdBy().value(), Optional.empty());
      case TITLE -> text(asked, it -> it.spec().title(), Optional.empty());
      case REASON -> reason(asked);
      case SINCE -> since(asked, now);
      case CREATE_TIME ->
          Comparing.of(asked, Values.micros(asked, now), Quantity.CREATED_AT)
              .over(task -> Optional.of(Values.micros(task.createdAt())));
      case UPDATE_TIME ->
          Comparing.of(asked, Values.micros(asked, now), Quantity.UPDATED_AT)
              .over(task -> Optional.of(Values.micros(task.updatedAt())));
      case COST ->
          Comparing.of(asked, Values.microUsd(asked), Quantity.COST_MICRO_USD)
              .over(task -> task.cost().map(it -> it.value()));
      case ATTEMPTS ->
          Comparing.of(asked, Values.count(asked), Quantity.ATTEMPTS)
              .over(task -> Optional.of((long) task.lastAttempt()));
      case PRIORITY -> priority(asked);
      case LABELS ->
          equalOrNot(
              asked, Match.whole(task -> task.spec().filing().labels().contains(asked.value())));
      case DOMAIN -> text(asked, it -> it.spec().filing().domain().orElse(""), Optional.empty());
    };
  }

  private static Match state(Restriction asked) {
    TaskState.Kind wanted = Values.named(TaskState.Kind.class, "state", asked.value());
    Match match = Match.stored(TaskCondition.InState.of(wanted), task -> task.kind() == wanted);
    return equalOrNot(asked, match);
  }

  private static Match priority(Restriction asked) {
    Priority wanted = Values.named(Priority.class, "priority", asked.value());
    return Match.whole(task -> {
      int more = task.spec().filing().priority().compareTo(wanted);
      return switch (asked.operator()) {
        case EQUAL, HAS -> more == 0;
        case UNEQUAL -> more != 0;
        case LESS -> more < 0;
        case AT_MOST -> more <= 0;
        case MORE -> more > 0;
        case AT_LEAST -> more >= 0;
      };
    });
  }

  private static Match reason(Restriction asked) {
    Ending.Reason wanted = Values.named(Ending.Reason.class, "reason", asked.value());
    return equalOrNot(
        asked,
        Match.whole(task -> lastEnding(task).filter(it -> it.reason() == wanted).isPresent()));
  }

  /// How the last attempt ended; empty while it is open, and where there is none.
  private static Optional<Ending> lastEnding(Task task) {
    return task.attempts().isEmpty()
        ? Optional.empty()
        : Optional.of(task.attempts().getLast())
            .filter(past -> past.ref().number() == task.lastAttempt())
            .map(PastAttempt::ending);
  }

  private static Match since(Restriction asked, Instant now) {
    Restriction atLeast = new Restriction(asked.field(), Operator.AT_LEAST, asked.value());
    Match match = UPDATE_TIME.match(atLeast, now);
    return equalOrNot(asked, match);
  }

  private static Match text(Restriction asked, Function<Task, String> of, Optional<Text> column) {
    String value = asked.value();
    return switch (asked.operator()) {
      case EQUAL -> equal(value, of, column);
      case UNEQUAL -> equal(value, of, column).negated();
      case HAS -> {
        String wanted = value.toLowerCase(Locale.ROOT);
        yield Match.whole(task -> of.apply(task).toLowerCase(Locale.ROOT).contains(wanted));
      }
      case LESS, AT_MOST, MORE, AT_LEAST -> throw cannot(asked);
    };
  }

  /// `=` with a `*` at either end leaves that end open.
  private static Match equal(String value, Function<Task, String> of, Optional<Text> column) {
    boolean openStart = value.startsWith("*");
    boolean openEnd = value.length() > 1 && value.endsWith("*");
    if (openStart || openEnd) {
      String part = value.substring(openStart ? 1 : 0, value.length() - (openEnd ? 1 : 0));
      return Match.whole(task -> fits(of.apply(task), part, openStart, openEnd));
    }
    Predicate<Task> same = task -> of.apply(task).equals(value);
    return column
        .map(it -> Match.stored(new TaskCondition.Is(it, value), same))
        .orElseGet(() -> Match.whole(same));
  }

  private static boolean fits(String text, String part, boolean openStart, boolean openEnd) {
    if (openStart && openEnd) {
      return text.contains(part);
    }
    return openStart ? text.endsWith(part) : text.startsWith(part);
  }

  private static Match equalOrNot(Restriction asked, Match match) {
    return switch (asked.operator()) {
      case EQUAL, HAS -> match;
      case UNEQUAL -> match.negated();
      case LESS, AT_MOST, MORE, AT_LEAST -> throw cannot(asked);
    };
  }

  private static BadFilter cannot(Restriction asked) {
    return new BadFilter(
        asked.field() + " cannot be compared with " + asked.operator().sign() + "; = and != can");
  }
}
