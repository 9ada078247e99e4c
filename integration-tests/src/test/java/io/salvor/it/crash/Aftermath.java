package io.salvor.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Await;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Journal;
import io.salvor.it.harness.Survivors;
import io.salvor.v1.Attempt;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.RebuildStoreRequest;
import io.salvor.v1.RebuildStoreResponse;
import io.salvor.v1.Record;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/// What a storm has left, and what must be true of it.
final class Aftermath {
  private static final List<String> ALL_LINES =
      IntStream.rangeClosed(1, StormAgent.LINES).mapToObj(i -> "line " + i).toList();

  private final Bench bench;
  private final Ledger ledger;
  private final Path notes;
  private final List<Task> tasks;
  private final Journal journal;

  private Aftermath(Bench bench, Ledger ledger, Path notes, List<Task> tasks, Journal journal) {
    this.bench = bench;
    this.ledger = ledger;
    this.notes = notes;
    this.tasks = tasks;
    this.journal = journal;
  }

  /// Waits until every task rests: there is no ghost (Z1).
  static Aftermath settled(Bench bench, KillStorm storm) {
    Client client = bench.author();
    try {
      awaitRest(client);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(bench.server().threads(), e);
    }
    return new Aftermath(bench, storm.ledger(), storm.notes(), all(client), Journal.of(client));
  }

  private static void awaitRest(Client client) {
    Await.untilAsserted(
        "every task to rest",
        () ->
            assertThat(all(client))
                .filteredOn(it -> !Client.RESTING.contains(it.getState()))
                .extracting(Aftermath::standing)
                .isEmpty());
  }

  private static List<Task> all(Client client) {
    var request = ListTasksRequest.newBuilder().setPageSize(1000);
    var tasks = new ArrayList<Task>();
    do {
      ListTasksResponse page = client.tasks().listTasks(request.build());
      tasks.addAll(page.getTasksList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return tasks;
  }

  private static String standing(Task task) {
    return task.getDisplayId()
        + " "
        + task.getState()
        + " "
        + task.getStateDetail()
        + task.getAttemptsList().stream().map(Attempt::getEnding).toList();
  }

  int tasks() {
    return tasks.size();
  }

  int attempts() {
    return tasks.stream().mapToInt(Task::getAttemptsCount).sum();
  }

  /// Why starts failed, one for each.
  List<String> failedStarts() {
    return tasks.stream()
        .filter(it -> it.getState() != Task.State.CANCELLED)
        .flatMap(it -> it.getAttemptsList().stream())
        .filter(it -> !it.getAgentStarted())
        .map(it -> it.getName() + ": " + it.getEnding().getDetail())
        .toList();
  }

  int records() {
    return journal.records().size();
  }

  int adoptions() {
    return journal.kind("attempt.adopted").size();
  }

  /// Every acknowledged task and comment is there, and every call happened once (Z11).
  void nothingAcknowledgedIsLostOrDoubled() {
    Map<String, String> titles =
        tasks.stream().collect(Collectors.toMap(Task::getTitle, Task::getName));
    assertThat(titles).containsAllEntriesOf(ledger.created());
    assertThat(ledger.asked().keySet()).containsAll(titles.keySet());

    List<String> comments =
        journal.kind("task.commented").stream()
            .map(it -> it.getBody().getFieldsOrThrow("text").getStringValue())
            .toList();
    assertThat(comments).doesNotHaveDuplicates().containsAll(ledger.comments());
    Set<String> stopped = named(Task.State.CANCELLED);
    assertThat(stopped).isEqualTo(new HashSet<>(ledger.cancelled()));
  }

  /// Every task that nobody cancelled came to the end that its agent had in mind, in one attempt
  /// that ran.
  void everyAgentEndedAsItMeantTo() {
    Map<String, StormAgent> agents = ledger.asked();
    for (Task task : uncancelled()) {
      assertThat(task.getState())
          .as("%s, %s", task.getDisplayId(), task)
          .isEqualTo(Objects.requireNonNull(agents.get(task.getTitle())).end());
      assertThat(task.getAttemptsList().stream().filter(Attempt::getAgentStarted))
          .as("%s", task)
          .hasSize(1);
    }
  }

  /// No attempt ran twice, and none that the server does not know of (Z2).
  void noAttemptRanTwice() throws IOException {
    List<String> begun = KillStorm.lines(notes.resolve("begun"));
    assertThat(begun).doesNotHaveDuplicates();
    assertThat(KillStorm.lines(notes.resolve("finished"))).doesNotHaveDuplicates();
    Set<String> known = new HashSet<>();
    Set<String> mustHaveRun = new HashSet<>();
    for (Task task : tasks) {
      for (Attempt attempt : task.getAttemptsList()) {
        String marker = task.getUid() + "/" + attempt.getNumber() + "/" + attempt.getEpoch();
        if (attempt.getAgentStarted()) {
          known.add(marker);
          if (task.getState() != Task.State.CANCELLED) {
            mustHaveRun.add(marker);
          }
        }
      }
    }
    assertThat(begun).containsAll(mustHaveRun);
    assertThat(known).containsAll(begun);
    Set<String> tasksBegun =
        begun.stream().map(it -> it.split("/", -1)[0]).collect(Collectors.toSet());
    assertThat(begun).as("one attempt for each task").hasSameSizeAs(tasksBegun);
  }

  /// What the agents said is in the records once and in order (Z5).
  void everyLineIsRecordedOnce() {
    Map<String, List<String>> said = new HashMap<>();
    for (Record observed : journal.kind("attempt.observed")) {
      String text = Journal.text(observed);
      if (!text.isEmpty()) {
        said.computeIfAbsent(observed.getThread(), _ -> new ArrayList<>()).add(text);
      }
    }
    for (Task task : uncancelled()) {
      for (Attempt attempt : task.getAttemptsList()) {
        if (attempt.getAgentStarted()) {
          assertThat(said.get(attempt.getName())).as("%s", task).isEqualTo(ALL_LINES);
        }
      }
    }
    assertThat(journal.kind("attempt.spawned").stream().map(Record::getThread))
        .doesNotHaveDuplicates();
  }

  /// Nothing lives that an attempt has started (Z6).
  void nothingSurvives() {
    for (Task task : tasks) {
      assertThat(Survivors.ofTask(task.getUid())).as("%s", task).isEmpty();
    }
    assertThat(Survivors.under(bench.folder())).isEmpty();
  }

  /// The log is a chain without a gap, and the tables are what it says.
  void theStoreIsSound() {
    assertThat(journal.records().stream().map(Record::getSeq))
        .containsExactlyElementsOf(
            java.util.stream.LongStream.rangeClosed(1, records()).boxed().toList());
    RebuildStoreResponse check =
        bench
            .author()
            .instance()
            .rebuildStore(RebuildStoreRequest.newBuilder().setCheck(true).build());
    assertThat(check.getChainIntact()).isTrue();
    assertThat(check.getConsistent()).isTrue();
  }

  private List<Task> uncancelled() {
    return tasks.stream().filter(it -> it.getState() != Task.State.CANCELLED).toList();
  }

  private Set<String> named(Task.State state) {
    return tasks.stream()
        .filter(it -> it.getState() == state)
        .map(Task::getName)
        .collect(Collectors.toSet());
  }
}
