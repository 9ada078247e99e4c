package io.salvor.bench;

import io.salvor.v1.Agent;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.Task;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// What tasks are asked for with.
final class NewTasks {
  private NewTasks() {}

  /// A request to make a task whose agent is `sh -c script`.
  static CreateTaskRequest request(UUID uid, Path project, String script, boolean dispatch) {
    return CreateTaskRequest.newBuilder()
        .setTask(
            Task.newBuilder()
                .setUid(uid.toString())
                .setTitle("Task " + uid)
                .setBrief("Do what has to be done for " + uid + ".")
                .setProject(project.toString())
                .setAgent(
                    Agent.newBuilder()
                        .setName("command")
                        .addCommand("sh")
                        .addCommand("-c")
                        .addCommand(script)))
        .setDispatch(dispatch)
        .build();
  }

  /// A UUIDv7 of now.
  static UUID uid() {
    var random = ThreadLocalRandom.current();
    return new UUID(
        System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(0x1000),
        random.nextLong() >>> 2 | 1L << 63);
  }
}
