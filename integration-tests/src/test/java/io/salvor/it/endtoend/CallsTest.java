package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Connection;
import io.salvor.it.harness.Credentials;
import io.salvor.it.harness.InsideCaller;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.ServerProcess;
import io.salvor.v1.Agent;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.GetReportRequest;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.ListInterventionsRequest;
import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListWorkspacesRequest;
import io.salvor.v1.Record;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.Task;
import io.salvor.v1.UpdateTaskRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What holds for every call: who makes it, that it happens once, and that it is about what was
/// looked at.
final class CallsTest {
  @AutoClose private static final Bench bench = Bench.started("calls");

  private final ScratchProject project = bench.project();

  @Test
  void a_request_id_makes_a_call_happen_once_also_across_a_kill_of_the_server() {
    var request =
        CreateTaskRequest.newBuilder()
            .setTask(job(project, Scripts.exits(0)))
            .setRequestId(UUID.randomUUID().toString())
            .build();
    Task first = bench.author().tasks().createTask(request);
    assertThat(bench.author().tasks().createTask(request).getName()).isEqualTo(first.getName());

    bench.restartAfterKill();
    assertThat(bench.author().tasks().createTask(request).getName()).isEqualTo(first.getName());
    assertThat(tasksOfProject()).isEqualTo(1);
  }

  @Test
  void a_repeated_dispatch_starts_no_second_attempt_after_a_kill_Z2() {
    Task task = bench.author().create(job(project, Scripts.commits("once.txt")));
    var request =
        DispatchTaskRequest.newBuilder().setName(task.getName()).setRequestId("d-1").build();
    bench.author().tasks().dispatchTask(request);
    bench.restartAfterKill();
    bench.author().tasks().dispatchTask(request);
    bench.author().await(task.getName(), Task.State.REVIEW);
    bench.author().tasks().dispatchTask(request);
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(reviewed.getAttemptsCount()).isEqualTo(1);
  }

  @Test
  void the_same_request_id_with_other_content_is_refused() {
    var request =
        CreateTaskRequest.newBuilder()
            .setTask(job(project, Scripts.exits(0)))
            .setRequestId("reused");
    bench.author().tasks().createTask(request.build());
    request.getTaskBuilder().setTitle("Something else");
    Refused refused = Refused.of(() -> bench.author().tasks().createTask(request.build()));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.REQUEST_ID_REUSED);
    assertThat(refused.status()).isEqualTo(Status.Code.ALREADY_EXISTS);
  }

  @Test
  void the_same_request_id_of_another_actor_is_another_request() {
    var request =
        CreateTaskRequest.newBuilder()
            .setTask(job(project, Scripts.exits(0)))
            .setRequestId("shared")
            .build();
    Task one = bench.as("user:one").tasks().createTask(request);
    Task two = bench.as("user:two").tasks().createTask(request);
    assertThat(two.getName()).isNotEqualTo(one.getName());
  }

  @Test
  void a_call_about_a_task_that_has_changed_since_is_refused() {
    Task seen = bench.author().create(job(project, Scripts.exits(0)));
    comment(seen);
    Refused refused =
        Refused.of(() ->
            bench
                .author()
                .tasks()
                .dispatchTask(
                    DispatchTaskRequest.newBuilder()
                        .setName(seen.getName())
                        .setEtag(seen.getEtag())
                        .build()));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.ETAG_MISMATCH);
    assertThat(refused.status()).isEqualTo(Status.Code.ABORTED);

    Task now = bench.author().get(seen.getName());
    Task dispatched =
        bench
            .author()
            .tasks()
            .dispatchTask(
                DispatchTaskRequest.newBuilder()
                    .setName(seen.getName())
                    .setEtag(now.getEtag())
                    .build());
    assertThat(dispatched.getState()).isNotEqualTo(Task.State.READY);
  }

  @Test
  void an_etag_survives_a_kill_of_the_server() {
    Task seen = bench.author().create(job(project, Scripts.exits(0)));
    comment(seen);
    Task commented = bench.author().get(seen.getName());
    bench.restartAfterKill();
    assertThat(bench.author().get(seen.getName())).isEqualTo(commented);
  }

  @Test
  void calls_over_tcp_need_the_token_and_health_needs_none() throws IOException {
    try (Connection tcp = Connection.over(bench.server().address().grpc())) {
      assertThat(tcp.serves()).isTrue();
      var status = GetStatusRequest.getDefaultInstance();
      Refused without = Refused.of(() -> tcp.with(Credentials.NONE).instance().getStatus(status));
      assertThat(without.reason()).isEqualTo(ErrorReason.Code.TOKEN_REQUIRED);
      assertThat(without.status()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(without.hint()).startsWith("export SALVOR_TOKEN=");
      assertThat(
              Refused.of(() -> tcp.with(Credentials.token("wrong")).instance().getStatus(status))
                  .reason())
          .isEqualTo(ErrorReason.Code.TOKEN_REQUIRED);

      Path token = bench.home().resolve("run").resolve("token");
      assertThat(Files.getPosixFilePermissions(token)).hasSize(2);
      String right = Files.readString(token).strip();
      assertThat(tcp.with(Credentials.token(right)).instance().getStatus(status).getPid())
          .isEqualTo(bench.server().pid());
    }
  }

  @Test
  void the_socket_lies_in_a_folder_of_its_owner_alone() throws IOException {
    assertThat(Files.getPosixFilePermissions(bench.server().address().socket().getParent()))
        .hasSize(3);
  }

  @Test
  void health_over_http_is_answered_to_anybody() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://" + bench.server().address().http() + "/health"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void a_caller_inside_an_attempt_is_that_agent_whatever_it_claims_Z19() throws IOException {
    Task victim = bench.author().createAndDispatch(job(project, Scripts.commits("theirs.txt")));
    bench.author().await(victim.getName(), Task.State.REVIEW);

    Path answer = bench.fresh("answer");
    Task intruder =
        bench
            .author()
            .createAndDispatch(
                job(
                    project,
                    InsideCaller.approving(
                        bench.server().address().socket(), victim.getName(), "user:boss", answer)));
    bench.author().await(intruder.getName(), Task.State.REVIEW);

    assertThat(Files.readString(answer)).isEqualTo("SELF_APPROVAL");
    assertThat(bench.author().get(victim.getName()).getState()).isEqualTo(Task.State.REVIEW);
    assertThat(actorOf(victim, "salvor.task.commented.v1")).isEqualTo("agent:command");
  }

  @Test
  void a_second_server_on_the_same_home_is_refused_and_told_who_has_it_Z12()
      throws InterruptedException {
    Process second = ServerProcess.launch(bench.home(), ServerProcess.Surroundings.PLAIN);
    assertThat(second.waitFor()).isEqualTo(3);
    assertThat(bench.server().said()).contains("process " + bench.server().pid());
    assertThat(bench.server().alive()).isTrue();
    assertThat(bench.author().instance().getStatus(GetStatusRequest.getDefaultInstance()).getPid())
        .isEqualTo(bench.server().pid());
  }

  @Test
  void a_refusal_says_what_would_help() {
    Refused refused = Refused.of(() -> bench.author().get("tasks/TASK-9999"));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.TASK_NOT_FOUND);
    assertThat(refused.hint()).contains("salvor task list");
  }

  @Test
  void what_a_caller_gets_wrong_is_said_to_be_its_own_and_changes_nothing() {
    var milliseconds = Timestamp.newBuilder().setSeconds(1_774_774_800_000L).build();
    var observation = bench.author().observation();
    invalid(() ->
        observation
            .streamEvents(StreamEventsRequest.newBuilder().setSinceTime(milliseconds).build())
            .hasNext());
    invalid(() ->
        observation.getReport(GetReportRequest.newBuilder().setSinceTime(milliseconds).build()));
    invalid(() ->
        bench
            .author()
            .records()
            .listInterventions(
                ListInterventionsRequest.newBuilder().setSinceTime(milliseconds).build()));
    invalid(() ->
        bench
            .author()
            .workspaces()
            .listWorkspaces(ListWorkspacesRequest.newBuilder().setPageToken("-1").build()));

    var job = job(project, Scripts.exits(0));
    job.getAgentBuilder().setProfile(Agent.Profile.READ);
    Task reader = bench.author().get(bench.author().create(job.clone()).getName());
    var unknown = reader.toBuilder();
    unknown.getAgentBuilder().setProfileValue(9);
    invalid(() -> update(unknown.build(), "agent.profile"));
    var endless = reader.toBuilder();
    endless.getLimitsBuilder().getDeadlineBuilder().setSeconds(1_000_000_000_000L);
    invalid(() -> update(endless.build(), "limits.deadline"));
    invalid(() -> bench.author().create(job.clone().setLimits(endless.getLimits())));
    assertThat(bench.author().get(reader.getName())).isEqualTo(reader);
  }

  private static void update(Task task, String field) {
    var mask = FieldMask.newBuilder().addPaths(field);
    bench
        .author()
        .tasks()
        .updateTask(UpdateTaskRequest.newBuilder().setTask(task).setUpdateMask(mask).build());
  }

  private static void invalid(ThrowingCallable call) {
    assertThat(Refused.of(call).reason()).isEqualTo(ErrorReason.Code.INVALID);
  }

  private static void comment(Task task) {
    bench
        .author()
        .tasks()
        .commentTask(
            CommentTaskRequest.newBuilder().setName(task.getName()).setText("a word").build());
  }

  private int tasksOfProject() {
    return bench
        .author()
        .tasks()
        .listTasks(
            ListTasksRequest.newBuilder().setFilter("project=\"" + project.root() + "\"").build())
        .getTasksCount();
  }

  private static String actorOf(Task task, String kind) {
    return bench
        .author()
        .records()
        .listRecords(ListRecordsRequest.newBuilder().setThread(task.getName()).build())
        .getRecordsList()
        .stream()
        .filter(it -> it.getKind().equals(kind))
        .map(Record::getActor)
        .findFirst()
        .orElseThrow();
  }
}
