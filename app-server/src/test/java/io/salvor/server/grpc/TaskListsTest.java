package io.salvor.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.journal.OpenThread;
import io.salvor.domain.journal.RandomHistory;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.PastAttempt;
import io.salvor.domain.task.Priority;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskState.Kind;
import io.salvor.domain.time.Now;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.limits.Unenforced;
import io.salvor.sqlite.SqliteStore;
import io.salvor.sqlite.StoreFiles;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TaskListsTest {
  private final RandomHistory history = new RandomHistory(8);
  private final SqliteStore store;
  private final TaskLists lists;
  private final List<Task> tasks;
  private final Instant now;

  TaskListsTest(@TempDir Path home) {
    store =
        SqliteStore.open(
            StoreFiles.in(home),
            new SqliteStore.Settings(Duration.ofSeconds(1), 2, 0),
            InstantSource.system());
    store.log().appendDurably(history.next(600));
    tasks = history.threads().stream().map(OpenThread::task).toList();
    now = tasks.stream().map(Task::updatedAt).max(Comparator.naturalOrder()).orElseThrow();
    lists =
        new TaskLists(
            new TaskLookup(store.tasks()),
            store.tasks(),
            _ -> "",
            () -> new Now(now, Duration.ZERO, "boot"),
            new TaskMessages(
                new Sentences(_ -> Optional.empty(), _ -> Optional.empty()),
                new Unenforced(ServerConfig.DEFAULT),
                _ -> Optional.empty()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<io.salvor.v1.Task> listed(String filter, String orderBy) {
    var all = new ArrayList<io.salvor.v1.Task>();
    var request = ListTasksRequest.newBuilder().setFilter(filter).setOrderBy(orderBy);
    ListTasksResponse page;
    do {
      page = lists.list(request.setPageSize(3).build());
      assertThat(page.getTasksCount()).isLessThanOrEqualTo(3);
      all.addAll(page.getTasksList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return all;
  }

  private void finds(String filter, Predicate<Task> same) {
    List<String> expected =
        tasks.stream()
            .filter(same)
            .sorted(Comparator.comparing(Task::display))
            .map(it -> it.display().toString())
            .toList();
    assertThat(listed(filter, "")).as(filter).map(it -> it.getDisplayId()).isEqualTo(expected);
    var first = lists.list(ListTasksRequest.newBuilder().setFilter(filter).build());
    assertThat(first.getTotalSize()).as(filter).isIn(0, expected.size());
  }

  private static boolean ended(Task task, Reason reason) {
    List<PastAttempt> past = task.attempts();
    return !past.isEmpty()
        && past.getLast().ref().number() == task.lastAttempt()
        && past.getLast().ending().reason() == reason;
  }

  @Test
  void each_field_finds_what_it_says() {
    Task some = tasks.getFirst();
    String title = some.spec().title();
    String agent = some.spec().agent().name();
    String project = some.spec().project();
    long cost = tasks.stream().flatMap(it -> it.cost().stream()).findAny().orElseThrow().value();
    String dollars = java.math.BigDecimal.valueOf(cost, 6).toPlainString();

    finds("", _ -> true);
    finds("state=" + some.kind(), it -> it.kind() == some.kind());
    finds("state!=MERGED", it -> it.kind() != Kind.MERGED);
    finds("state=(review OR MERGED)", it -> it.kind() == Kind.REVIEW || it.kind() == Kind.MERGED);
    finds("agent=" + agent, it -> it.spec().agent().name().equals(agent));
    finds("agent!=" + agent, it -> !it.spec().agent().name().equals(agent));
    finds("project=\"" + project + "\"", it -> it.spec().project().equals(project));
    finds("project=/work/*", it -> it.spec().project().startsWith("/work/"));
    finds("project=*-1", it -> it.spec().project().endsWith("-1"));
    finds("project=*ject*", it -> it.spec().project().contains("ject"));
    finds("creator=user:author", it -> it.createdBy().value().equals("user:author"));
    finds("title=\"" + title + "\"", it -> it.spec().title().equals(title));
    String part = title.substring(0, 3).toUpperCase(java.util.Locale.ROOT);
    finds(
        "title:" + part, it -> it.spec().title().toUpperCase(java.util.Locale.ROOT).contains(part));
    finds("cost>=" + dollars, it -> it.cost().filter(c -> c.value() >= cost).isPresent());
    finds("cost<$" + dollars, it -> it.cost().filter(c -> c.value() < cost).isPresent());
    finds("cost!=" + dollars, it -> it.cost().filter(c -> c.value() == cost).isEmpty());
    finds("attempts>1", it -> it.lastAttempt() > 1);
    finds("attempts=0", it -> it.lastAttempt() == 0);
    finds("priority=high", it -> it.spec().filing().priority() == Priority.HIGH);
    finds("priority>medium", it -> it.spec().filing().priority() == Priority.HIGH);
    finds("priority<=medium", it -> it.spec().filing().priority() != Priority.HIGH);
    finds("labels:urgent", it -> it.spec().filing().labels().contains("urgent"));
    finds("labels!=l-1", it -> !it.spec().filing().labels().contains("l-1"));
    finds("domain=code", it -> it.spec().filing().domain().equals(Optional.of("code")));
  }

  @Test
  void how_the_last_attempt_ended_is_asked_for_as_long_as_no_other_is_open() {
    for (Reason reason : Reason.values()) {
      finds("reason=" + reason.label(), it -> ended(it, reason));
      finds("reason!=" + reason.label(), it -> !ended(it, reason));
    }
  }

  @Test
  void times_are_moments_or_so_long_ago() {
    Instant middle = tasks.stream().map(Task::updatedAt).sorted().toList().get(tasks.size() / 2);
    Duration ago = Duration.ofSeconds(Duration.between(middle, now).toSeconds());
    Instant since = now.minus(ago);
    finds("since=" + ago.toSeconds() + "s", it -> !it.updatedAt().isBefore(since));
    finds("since=" + middle, it -> !it.updatedAt().isBefore(middle));
    finds("since!=" + middle, it -> it.updatedAt().isBefore(middle));
    finds("update_time<" + middle, it -> it.updatedAt().isBefore(middle));
    finds("create_time>" + middle, it -> it.createdAt().isAfter(middle));
  }

  @Test
  void what_the_store_knows_and_what_only_the_task_knows_mix() {
    Task some = tasks.getFirst();
    String agent = some.spec().agent().name();
    Predicate<Task> closed = it -> it.kind() == Kind.FAILED || it.kind() == Kind.MERGED;
    Predicate<Task> failed = it -> ended(it, Reason.SUCCESS);
    Predicate<Task> ours = it -> it.spec().agent().name().equals(agent);
    String states = "state=(FAILED OR MERGED)";
    finds(states + " reason=success", closed.and(failed));
    finds(states + " OR reason=success", closed.or(failed));
    finds("NOT (" + states + " AND reason=success)", closed.and(failed).negate());
    finds(
        "NOT (" + states + " OR reason=success) agent=" + agent,
        closed.or(failed).negate().and(ours));
    finds("-" + states + " -agent=" + agent, closed.negate().and(ours.negate()));
  }

  @Test
  void every_order_goes_over_pages_and_back() {
    var byState =
        tasks.stream()
            .sorted(Comparator.comparing(Task::kind).thenComparing(Task::updatedAt).reversed())
            .map(it -> it.kind().name())
            .toList();
    assertThat(listed("", "state desc, update_time desc"))
        .map(it -> it.getState().name())
        .isEqualTo(byState);
    assertThat(listed("", "cost desc"))
        .map(it -> it.getTotalUsage().hasCostMicroUsd() ? it.getTotalUsage().getCostMicroUsd() : -1)
        .isSortedAccordingTo(Comparator.reverseOrder())
        .hasSize(tasks.size());
    assertThat(listed("", "display_id desc"))
        .map(io.salvor.v1.Task::getDisplayId)
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour=red",
        "state=DONE",
        "state<REVIEW",
        "reason=tired",
        "cost=much",
        "since=soon",
        "since=99999999999d",
        "since=999999999999999999d",
        "update_time<+999999999-01-01T00:00:00Z",
        "attempts=x",
        "agent>b",
        "since>2h",
        "a=1 AND"
      })
  void what_cannot_be_meant_is_refused_by_the_field_s_name(String filter) {
    assertThatThrownBy(() -> listed(filter, "")).hasMessageContaining("INVALID_ARGUMENT");
  }

  @Test
  void an_order_that_is_not_there_is_refused() {
    for (String orderBy : List.of("colour", "state up", "state desc desc", ",")) {
      assertThatThrownBy(() -> listed("", orderBy)).hasMessageContaining("INVALID_ARGUMENT");
    }
  }

  @Test
  void a_token_fits_only_the_list_that_it_came_from() {
    var request = ListTasksRequest.newBuilder().setPageSize(2).setOrderBy("state");
    String token = lists.list(request.build()).getNextPageToken();
    assertThat(lists.list(request.setPageToken(token).build()).getTasksCount()).isEqualTo(2);
    for (var other :
        List.of(
            request.clone().setOrderBy("cost"),
            request.clone().setFilter("state=MERGED"),
            request.clone().setPageToken("17"),
            request.clone().setPageToken("?"))) {
      assertThatThrownBy(() -> lists.list(other.build())).hasMessageContaining("INVALID_ARGUMENT");
    }
  }

  @Test
  void a_mask_leaves_the_rest_out() {
    var request =
        ListTasksRequest.newBuilder()
            .setReadMask(com.google.protobuf.FieldMask.newBuilder().addPaths("display_id"));
    Optional<io.salvor.v1.Task> first =
        lists.list(request.build()).getTasksList().stream().findFirst();
    assertThat(first.orElseThrow())
        .isEqualTo(io.salvor.v1.Task.newBuilder().setDisplayId(first.get().getDisplayId()).build());
  }
}
