package io.salvor.sqlite;

import static io.salvor.sqlite.TaskCondition.ALWAYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.domain.journal.ThreadId;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import io.salvor.records.TaskRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueriesTest {
  private final RandomHistory history = new RandomHistory(11);
  private final List<Decision> decisions = history.next(400);
  private final Path home;
  private final SqliteStore store;

  QueriesTest(@TempDir Path home) {
    this.home = home;
    store = TestStores.open(home);
    store.log().appendDurably(decisions);
    archive(store);
  }

  /// Whether its records were archived must not make a difference.
  void archive(SqliteStore store) {}

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void the_log_is_read_page_by_page() {
    var seqs = pages(after -> store.records().page(after, 7)).map(StoredRecord::seq).toList();
    assertThat(seqs).hasSize(Math.toIntExact(store.records().lastSeq())).isSorted();
  }

  @Test
  void what_people_forced_is_read_by_its_own_index_newest_first() throws Exception {
    var found = new ArrayList<StoredRecord>();
    long before = Long.MAX_VALUE;
    for (var page = forced(before); !page.isEmpty(); page = forced(before)) {
      found.addAll(page);
      before = page.getLast().seq();
    }
    var kinds =
        Pattern.compile("'([^']+)'")
            .matcher(Interventions.KINDS)
            .results()
            .map(it -> it.group(1))
            .toList();
    assertThat(kinds).hasSize(12);
    var expected = new ArrayList<Long>();
    for (StoredRecord record : store.records().page(0, 100_000)) {
      if (kinds.contains(record.readHeader().getKind())) {
        expected.addFirst(record.seq());
      }
    }
    assertThat(found).extracting(StoredRecord::seq).containsExactlyElementsOf(expected);
    assertThat(expected).isNotEmpty();
    try (Connection raw = TestStores.raw(home)) {
      assertThat(plan(raw, Interventions.sql(Interventions.Wanted.ALL, new ArrayList<>())))
          .singleElement()
          .asString()
          .contains("USING INDEX interventions");
    }
  }

  private List<StoredRecord> forced(long before) {
    return store.interventions().page(Interventions.Wanted.ALL, before, 3);
  }

  @Test
  void a_task_is_read_with_its_attempts() {
    TaskId task = longest();
    var expected = seqs(it -> it.toString().contains(task.toString()));
    assertThat(pages(after -> store.records().page(task, after, 3)).map(StoredRecord::seq))
        .containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1})
  void a_thread_is_read_alone(int attempt) {
    ThreadId thread =
        switch (attempt) {
          case 0 -> new ThreadId.OfTask(longest());
          case -1 -> new ThreadId.OfInstance();
          default -> new ThreadId.OfAttempt(longest(), attempt);
        };
    var expected = seqs(thread::equals);

    assertThat(expected).hasSizeGreaterThan(2);
    assertThat(pages(after -> store.records().page(thread, after, 2)).map(StoredRecord::seq))
        .containsExactlyElementsOf(expected);
    long inBetween = expected.get(1) + 1;
    assertThat(store.records().page(thread, inBetween, 100))
        .map(StoredRecord::seq)
        .containsExactlyElementsOf(expected.stream().filter(it -> it > inBetween).toList());
  }

  private List<TaskRow> listed(TaskCondition condition, TaskOrder order) {
    var seen = new ArrayList<TaskRow>();
    Optional<TaskCursor> cursor = Optional.of(TaskCursor.first(order, 4));
    while (cursor.isPresent()) {
      TaskPage page = store.tasks().page(condition, cursor.get());
      assertThat(page.rows()).hasSizeLessThanOrEqualTo(4);
      seen.addAll(page.rows());
      cursor = page.next();
    }
    return seen;
  }

  @ParameterizedTest
  @EnumSource(TaskOrder.By.class)
  void tasks_are_listed_in_pages_in_every_order(TaskOrder.By by) {
    Comparator<TaskRow> comparator =
        switch (by) {
          case NUMBER -> Comparator.comparing(TaskRow::display);
          case UPDATED_AT -> Comparator.comparing(TaskRow::updatedAt);
          case STATE -> Comparator.comparing(TaskRow::state);
          case COST -> Comparator.comparing(row -> row.cost().map(MicroUsd::value).orElse(-1L));
        };
    for (boolean descending : new boolean[] {false, true}) {
      Comparator<TaskRow> first = descending ? comparator.reversed() : comparator;
      var expected =
          rows(_ -> true).stream().sorted(first.thenComparing(TaskRow::display)).toList();
      assertThat(listed(ALWAYS, new TaskOrder(List.of(new TaskOrder.Key(by, descending)))))
          .isEqualTo(expected);
    }
  }

  @Test
  void several_keys_order_one_after_the_other() {
    var order =
        new TaskOrder(
            List.of(
                new TaskOrder.Key(TaskOrder.By.STATE, true),
                new TaskOrder.Key(TaskOrder.By.UPDATED_AT, false),
                new TaskOrder.Key(TaskOrder.By.NUMBER, true)));
    var expected =
        rows(_ -> true).stream()
            .sorted(
                Comparator.comparing(TaskRow::state)
                    .reversed()
                    .thenComparing(TaskRow::updatedAt)
                    .thenComparing(Comparator.comparing(TaskRow::display).reversed()))
            .toList();
    assertThat(listed(ALWAYS, order)).isEqualTo(expected);
  }

  private void finds(TaskCondition condition, Predicate<Task> same) {
    var expected = rows(same);
    assertThat(listed(condition, TaskOrder.OLDEST_FIRST))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(store.tasks().count(condition)).isEqualTo(expected.size());
    var others = rows(same.negate());
    assertThat(listed(new TaskCondition.Not(condition), TaskOrder.OLDEST_FIRST))
        .containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void conditions_find_what_they_say_and_their_opposites_the_rest() {
    Task some = history.threads().getFirst().task();
    var states = EnumSet.of(Kind.MERGED, Kind.REVIEW, some.kind());
    String project = some.spec().project();
    var inStates = new TaskCondition.InState(states);
    var ofProject = new TaskCondition.Is(TaskCondition.Text.PROJECT, project);
    assertThat(rows(it -> states.contains(it.kind()))).isNotEmpty();
    finds(ALWAYS, _ -> true);
    finds(new TaskCondition.AnyOf(List.of()), _ -> false);
    finds(inStates, it -> states.contains(it.kind()));
    finds(ofProject, it -> it.spec().project().equals(project));
    finds(
        new TaskCondition.AllOf(List.of(inStates, ofProject)),
        it -> states.contains(it.kind()) && it.spec().project().equals(project));
    finds(
        new TaskCondition.AnyOf(List.of(inStates, ofProject)),
        it -> states.contains(it.kind()) || it.spec().project().equals(project));
    for (Kind state : Kind.values()) {
      finds(TaskCondition.InState.of(state), it -> it.kind() == state);
    }
  }

  @ParameterizedTest
  @EnumSource(TaskCondition.Comparison.class)
  void numbers_compare_and_what_is_not_known_compares_with_nothing(
      TaskCondition.Comparison comparison) {
    Task some =
        history.threads().stream()
            .map(OpenThread::task)
            .filter(it -> it.cost().isPresent())
            .findFirst()
            .orElseThrow();
    long cost = some.cost().orElseThrow().value();
    finds(
        new TaskCondition.Compares(TaskCondition.Quantity.COST_MICRO_USD, comparison, cost),
        it -> it.cost().map(known -> holds(known.value(), comparison, cost)).orElse(false));
    long since = Keys.micros(some.updatedAt());
    finds(
        new TaskCondition.Compares(TaskCondition.Quantity.UPDATED_AT, comparison, since),
        it -> holds(Keys.micros(it.updatedAt()), comparison, since));
    finds(
        new TaskCondition.Compares(TaskCondition.Quantity.ATTEMPTS, comparison, 1),
        it -> holds(it.lastAttempt(), comparison, 1));
  }

  private static boolean holds(long left, TaskCondition.Comparison comparison, long right) {
    return switch (comparison) {
      case LESS -> left < right;
      case AT_MOST -> left <= right;
      case EQUAL -> left == right;
      case AT_LEAST -> left >= right;
      case MORE -> left > right;
    };
  }

  @Test
  void projects_are_named_once() {
    assertThat(store.tasks().projects())
        .containsExactly("/work/project-0", "/work/project-1", "/work/project-2");
  }

  @Test
  void a_task_is_found_by_number_and_by_id_with_all_that_it_is() {
    for (OpenThread thread : history.threads()) {
      Task task = thread.task();
      assertThat(store.tasks().byNumber(task.display()).orElseThrow().task()).isEqualTo(task);
      assertThat(store.tasks().get(task.id()).orElseThrow().task()).isEqualTo(task);
    }
    assertThat(store.tasks().byNumber(new DisplayId(999_999))).isEmpty();
  }

  @Test
  void tasks_are_counted_with_the_age_of_the_oldest() {
    for (StateCount count : store.tasks().counts()) {
      var tasks = rows(it -> it.kind() == count.state());
      assertThat(count.tasks()).isEqualTo(tasks.size());
      var oldest = tasks.stream().map(TaskRow::updatedAt).min(Comparator.naturalOrder());
      assertThat(count.oldest()).isEqualTo(count.state().isClosed() ? Optional.empty() : oldest);
    }
    assertThat(store.tasks().counts().stream().mapToLong(StateCount::tasks).sum())
        .isEqualTo(history.threads().size());
  }

  @Test
  void a_brief_is_found_by_its_hash() {
    Decision.Document document =
        decisions.stream().flatMap(it -> it.documents().stream()).findFirst().orElseThrow();
    assertThat(store.documents().get(document.hash())).contains(document.text());
    assertThat(store.documents().get("0".repeat(64))).isEmpty();
  }

  /// Z12: what a start reads is found by indexes that hold what is open, or by the ends of others;
  /// nothing is scanned whose size is history's.
  @Test
  void a_start_scans_nothing_that_grows_with_history() throws Exception {
    try (Connection raw = TestStores.raw(home)) {
      assertThat(plan(raw, SqliteRecordLog.OPEN_TASKS))
          .containsExactly("SCAN tasks USING COVERING INDEX tasks_open");
      for (String sql :
          List.of(
              SqliteRecordLog.LAST_NUMBER,
              SqliteRecordLog.LAST_RECORD,
              SqliteRecordLog.REQUEST,
              RecordRows.OF_TASK)) {
        assertThat(plan(raw, sql))
            .as(sql)
            .isNotEmpty()
            .noneMatch(it -> it.startsWith("SCAN") || it.contains("TEMP B-TREE"));
      }
    }
  }

  @Test
  void a_page_of_records_sorts_nothing() throws Exception {
    try (Connection raw = TestStores.raw(home)) {
      for (String sql : List.of(Records.ALL, Records.OF_TASK, Records.OF_THREAD)) {
        assertThat(plan(raw, sql))
            .as(sql)
            .noneMatch(it -> it.startsWith("SCAN") || it.contains("TEMP B-TREE"));
      }
    }
  }

  static List<String> plan(Connection connection, String sql) throws Exception {
    try (var statement = connection.prepareStatement("EXPLAIN QUERY PLAN " + sql);
        var rows = statement.executeQuery()) {
      var plan = new ArrayList<String>();
      while (rows.next()) {
        plan.add(rows.getString("detail"));
      }
      return plan;
    }
  }

  private List<TaskRow> rows(Predicate<Task> wanted) {
    return history.threads().stream()
        .filter(it -> wanted.test(it.task()))
        .map(TaskRow::of)
        .toList();
  }

  private TaskId longest() {
    return history.threads().stream()
        .max(Comparator.comparingLong(OpenThread::attemptClock))
        .orElseThrow()
        .task()
        .id();
  }

  private List<Long> seqs(Predicate<ThreadId> wanted) {
    return store.records().page(0, 100_000).stream()
        .map(RecordCodec::decode)
        .filter(it -> wanted.test(it.thread()))
        .map(it -> it.seq())
        .toList();
  }

  private static Stream<StoredRecord> pages(LongFunction<List<StoredRecord>> page) {
    var all = new ArrayList<StoredRecord>();
    var next = page.apply(0);
    while (!next.isEmpty()) {
      all.addAll(next);
      next = page.apply(all.getLast().seq());
    }
    return all.stream();
  }
}
