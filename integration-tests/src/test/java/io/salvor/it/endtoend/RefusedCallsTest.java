package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Client;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.Agent;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.DispatchTaskRequest;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.GetReportRequest;
import io.salvor.v1.GetStatusRequest;
import io.salvor.v1.ListWorkspacesRequest;
import io.salvor.v1.PruneWorkspacesRequest;
import io.salvor.v1.StopServerRequest;
import io.salvor.v1.StreamEventsRequest;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.Task;
import io.salvor.v1.UpdateTaskRequest;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What cannot be meant or cannot go well is refused when it is asked for, by the name of its
/// field, and not found out when an agent has worked for it.
final class RefusedCallsTest {
  @AutoClose private static final Bench bench = Bench.started("refused-calls");

  private final ScratchProject project = bench.project();
  private final Client author = bench.author();

  private Task.Builder task() {
    return job(project, Scripts.exits(0));
  }

  @Test
  void what_no_program_can_be_given_is_no_part_of_a_task() {
    for (String model : new String[] {"a\0b", "a\nb"}) {
      invalid(() -> author.create(withAgent(it -> it.setModel(model))), "control characters");
    }
    invalid(() -> author.create(withAgent(it -> it.addCommand("a\0b"))), "NUL");
    invalid(() -> author.create(task().addGates("true\0")), "NUL");
    invalid(() -> author.create(task().setTargetBranch("a\0b")), "control characters");
    invalid(() -> author.create(task().setBase("a\nb")), "control characters");

    String folder = "/tmp/a\0b";
    invalid(() -> author.create(task().setProject(folder)), "an absolute path");
    invalid(
        () ->
            author
                .workspaces()
                .listWorkspaces(ListWorkspacesRequest.newBuilder().setProject(folder).build()),
        "an absolute path");
    invalid(
        () ->
            author
                .workspaces()
                .pruneWorkspaces(PruneWorkspacesRequest.newBuilder().setProject(folder).build()),
        "an absolute path");
    Task there = author.create(task());
    var model = Agent.newBuilder().setModel("a\0b");
    invalid(() -> dispatch(there, model), "control characters");
    invalid(() -> update(there.toBuilder().setAgent(model), "agent.model"), "control characters");
  }

  @Test
  void a_choice_that_only_a_newer_client_knows_is_not_taken_for_none() {
    invalid(
        () -> author.instance().stopServer(StopServerRequest.newBuilder().setModeValue(9).build()),
        "no such value: 9");
    invalid(
        () ->
            author
                .observation()
                .getReport(GetReportRequest.newBuilder().setGroupingValue(9).build()),
        "no such value: 9");
    invalid(
        () ->
            author
                .observation()
                .streamEvents(StreamEventsRequest.newBuilder().setMinSeverityValue(9).build())
                .hasNext(),
        "no such value: 9");
    invalid(() -> author.create(withAgent(it -> it.setProtocolValue(9))), "no such value: 9");
    Task done = author.createAndDispatch(job(project, Scripts.commits("a.txt")));
    author.await(done.getName(), Task.State.REVIEW);
    var output =
        StreamOutputRequest.newBuilder()
            .setName(done.getName() + "/attempts/1")
            .setStreamValue(9)
            .build();
    invalid(() -> author.records().streamOutput(output).hasNext(), "no such value: 9");
    assertThat(author.instance().getStatus(GetStatusRequest.getDefaultInstance()).getDraining())
        .isFalse();
  }

  @Test
  void what_a_dispatch_would_not_heed_is_refused() {
    Task there = author.create(task());
    invalid(() -> dispatch(there, Agent.newBuilder().setProfile(Agent.Profile.FULL)), "task edit");
    assertThat(author.get(there.getName()).getState()).isEqualTo(Task.State.READY);
  }

  @Test
  void a_rehearsed_creation_is_refused_as_the_real_one_would_be() {
    Task there = author.create(task());
    Refused taken = rehearsed(request(task().setUid(there.getUid())));
    assertThat(taken.reason()).isEqualTo(ErrorReason.Code.TASK_EXISTS);
    Refused longId = rehearsed(request(task()).setRequestId("x".repeat(129)));
    assertThat(longId.reason()).isEqualTo(ErrorReason.Code.INVALID);
    Refused nobody =
        rehearsed(request(task().addDependsOn("tasks/01a20313-6719-77c8-832e-7cff1f89964d")));
    assertThat(nobody.reason()).isEqualTo(ErrorReason.Code.UNKNOWN_DEPENDENCY);

    var made = request(task().setUid("01a20313-6719-77c8-832e-7cff1f89964e"));
    made.setRequestId(UUID.randomUUID().toString());
    author.tasks().createTask(made.build());
    author.tasks().createTask(made.clone().setValidateOnly(true).build());
    Refused other = rehearsed(made.clone().setDispatch(true));
    assertThat(other.reason()).isEqualTo(ErrorReason.Code.REQUEST_ID_REUSED);
  }

  @Test
  void a_branch_or_a_base_that_is_not_there_is_refused_before_any_agent_works() {
    invalid(() -> author.create(task().setTargetBranch("mian")), "'mian' is no branch of");
    assertThat(Refused.of(() -> author.create(task().setBase("mastre"))).reason())
        .isEqualTo(ErrorReason.Code.BASE_NOT_FOUND);

    Task there = author.create(task().setTargetBranch("main").setBase("main"));
    invalid(() -> update(there.toBuilder().setTargetBranch("mian"), "target_branch"), "no branch");
    assertThat(Refused.of(() -> update(there.toBuilder().setBase("mastre"), "base")).reason())
        .isEqualTo(ErrorReason.Code.BASE_NOT_FOUND);

    Task later = author.create(task().setBase("made-by-the-first").addDependsOn(there.getName()));
    assertThat(later.getBase()).isEqualTo("made-by-the-first");
  }

  @Test
  void what_is_said_again_may_be_gone_meanwhile() {
    project.git("branch", "release");
    Task there = author.create(task().setTargetBranch("release"));
    project.git("branch", "-D", "release");
    Task edited = update(there.toBuilder().setTitle("Another"), "title", "target_branch", "base");
    assertThat(edited.getTitle()).isEqualTo("Another");
  }

  private Task.Builder withAgent(java.util.function.Consumer<Agent.Builder> change) {
    Task.Builder task = task();
    change.accept(task.getAgentBuilder());
    return task;
  }

  private static CreateTaskRequest.Builder request(Task.Builder task) {
    return CreateTaskRequest.newBuilder().setTask(task);
  }

  private Refused rehearsed(CreateTaskRequest.Builder request) {
    return Refused.of(
        () -> author.tasks().createTask(request.clone().setValidateOnly(true).build()));
  }

  private void dispatch(Task task, Agent.Builder agent) {
    author
        .tasks()
        .dispatchTask(
            DispatchTaskRequest.newBuilder().setName(task.getName()).setAgent(agent).build());
  }

  private Task update(Task.Builder task, String... fields) {
    var mask = FieldMask.newBuilder();
    for (String field : fields) {
      mask.addPaths(field);
    }
    return author
        .tasks()
        .updateTask(
            UpdateTaskRequest.newBuilder()
                .setTask(task.clone().clearEtag())
                .setUpdateMask(mask)
                .build());
  }

  private static void invalid(ThrowingCallable call, String why) {
    Refused refused = Refused.of(call);
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.INVALID);
    assertThat(refused.detail()).contains(why);
  }
}
