package io.salvor.it.harness;

import io.grpc.StatusRuntimeException;
import io.salvor.v1.CommentTaskRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An agent that talks to the server that runs it, under a name that is not its own.
public final class InsideCaller {
  private InsideCaller() {}

  /// An agent that comments on a task and approves it, and notes the answer.
  public static List<String> approving(Path socket, String task, String claimed, Path answer) {
    Path arguments = answer.resolveSibling(answer.getFileName() + ".args");
    ScratchProject.write(arguments, "-cp\n\"" + System.getProperty("java.class.path") + "\"\n");
    return List.of(
        Places.java().toString(),
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "@" + arguments,
        InsideCaller.class.getName(),
        socket.toString(),
        task,
        claimed,
        answer.toString());
  }

  /// Arguments: socket, task, the name it claims, file for the answer.
  public static void main(String[] arguments) throws IOException {
    try (Connection connection = Connection.over(Path.of(arguments[0]))) {
      Client client = connection.as(arguments[2]);
      client
          .tasks()
          .commentTask(
              CommentTaskRequest.newBuilder().setName(arguments[1]).setText("looks fine").build());
      Files.writeString(Path.of(arguments[3]), answer(client, arguments[1]));
    }
    System.exit(0);
  }

  private static String answer(Client client, String task) {
    try {
      return client.approveAndMerge(task).getState().name();
    } catch (StatusRuntimeException e) {
      return Refused.of(e).reason().name();
    }
  }
}
