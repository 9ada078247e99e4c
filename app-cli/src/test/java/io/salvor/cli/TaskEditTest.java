package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.Agent;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import io.salvor.v1.UpdateTaskRequest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaskEditTest {
  @TempDir Path directory;
  private Cli cli;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    cli = new Cli(directory);
    server = FakeServer.inHome(cli.home());
    server.on(TaskServiceGrpc.getUpdateTaskMethod(), _ -> Samples.task(Task.State.READY));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private UpdateTaskRequest edited(String words) {
    var result = cli.run(("task edit " + words).split(" "));
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("TASK-0001  READY");
    return server.asked(UpdateTaskRequest.class).getLast();
  }

  @Test
  void only_what_was_said_is_changed() {
    UpdateTaskRequest request = edited("1 --title New --budget 9 --timeout 2h");
    assertThat(request.getTask().getName()).isEqualTo("tasks/TASK-0001");
    assertThat(request.getUpdateMask().getPathsList())
        .containsExactly("title", "limits.cost_micro_usd", "limits.deadline");
    assertThat(request.getTask().getTitle()).isEqualTo("New");
    assertThat(request.getTask().getLimits().getCostMicroUsd()).isEqualTo(9_000_000);
    assertThat(request.getTask().getLimits().getDeadline().getSeconds()).isEqualTo(7200);
    assertThat(request.getRequestId()).isNotEmpty();
  }

  @Test
  void everything_can_be_said() {
    UpdateTaskRequest request =
        edited(
            "TASK-0001 --brief Text --into release --base v1 --agent claude --model opus"
                + " --profile read --depends-on 2,TASK-0003 --priority HIGH --label a --label b,c"
                + " --domain docs");
    assertThat(request.getUpdateMask().getPathsList())
        .containsExactly(
            "brief",
            "target_branch",
            "base",
            "depends_on",
            "agent",
            "agent.model",
            "agent.profile",
            "priority",
            "labels",
            "domain");
    assertThat(request.getTask().getPriority()).isEqualTo(Task.Priority.HIGH);
    assertThat(request.getTask().getLabelsList()).containsExactly("a", "b", "c");
    assertThat(request.getTask().getDomain()).isEqualTo("docs");
    assertThat(request.getTask().getDependsOnList())
        .containsExactly("tasks/TASK-0002", "tasks/TASK-0003");
    assertThat(request.getTask().getAgent().getProfile()).isEqualTo(Agent.Profile.READ);
  }

  @Test
  void nothing_said_empties_what_can_be_empty() {
    var result = cli.run("task", "edit", "1", "--depends-on", "", "--model", "", "--label", "");
    assertThat(result.exit()).as(result.err()).isZero();
    UpdateTaskRequest request = server.asked(UpdateTaskRequest.class).getLast();
    assertThat(request.getUpdateMask().getPathsList())
        .containsExactly("depends_on", "agent.model", "labels");
    assertThat(request.getTask().getLabelsCount()).isZero();
    assertThat(request.getTask().getDependsOnCount()).isZero();
  }

  @Test
  void nothing_to_change_is_a_misunderstanding() {
    var result = cli.run("task", "edit", "1");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("what is to be changed?");
  }

  @Test
  void a_task_is_added_with_what_it_waits_for() {
    server.on(TaskServiceGrpc.getCreateTaskMethod(), _ -> Samples.task(Task.State.PENDING));
    cli.run(
        "task add T --project . --agent claude --depends-on 1,2 --priority low --label x --domain d"
            .split(" "));
    Task task = server.asked(CreateTaskRequest.class).getLast().getTask();
    assertThat(task.getDependsOnList()).containsExactly("tasks/TASK-0001", "tasks/TASK-0002");
    assertThat(task.getPriority()).isEqualTo(Task.Priority.LOW);
    assertThat(task.getLabelsList()).containsExactly("x");
    assertThat(task.getDomain()).isEqualTo("d");
  }
}
