package io.salvor.it.harness;

import io.grpc.StatusRuntimeException;
import io.salvor.v1.AcceptProjectSettingsRequest;
import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.GetProjectSettingsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An agent that talks to the server that runs it, under a name that is not its own.
public final class InsideCaller {
  private InsideCaller() {}

  /// An agent that comments on a task and approves it, and notes the answer.
  public static List<String> approving(Path socket, String task, String claimed, Path answer) {
    return asking("approve", socket, task, claimed, answer);
  }

  /// An agent that accepts the settings of a project, whatever their hash, and notes the answer.
  public static List<String> acceptingSettings(
      Path socket, String project, String claimed, Path answer) {
    return asking("accept", socket, project, claimed, answer);
  }

  private static List<String> asking(
      String wish, Path socket, String subject, String claimed, Path answer) {
    Path arguments = answer.resolveSibling(answer.getFileName() + ".args");
    ScratchProject.write(arguments, "-cp\n\"" + System.getProperty("java.class.path") + "\"\n");
    return List.of(
        Places.java().toString(),
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "@" + arguments,
        InsideCaller.class.getName(),
        wish,
        socket.toString(),
        subject,
        claimed,
        answer.toString());
  }

  /// Arguments: what it wishes, socket, what of, the name it claims, file for the answer.
  public static void main(String[] arguments) throws IOException {
    try (Connection connection = Connection.over(Path.of(arguments[1]))) {
      Client client = connection.as(arguments[3]);
      Files.writeString(Path.of(arguments[4]), answer(client, arguments[0], arguments[2]));
    }
    System.exit(0);
  }

  private static String answer(Client client, String wish, String subject) {
    try {
      return wish.equals("approve") ? approve(client, subject) : accept(client, subject);
    } catch (StatusRuntimeException e) {
      return Refused.of(e).reason().name();
    }
  }

  private static String approve(Client client, String task) {
    client
        .tasks()
        .commentTask(CommentTaskRequest.newBuilder().setName(task).setText("looks fine").build());
    return client.approveAndMerge(task).getState().name();
  }

  private static String accept(Client client, String project) {
    var found =
        client
            .projects()
            .getProjectSettings(GetProjectSettingsRequest.newBuilder().setProject(project).build());
    return client
            .projects()
            .acceptProjectSettings(
                AcceptProjectSettingsRequest.newBuilder()
                    .setProject(project)
                    .setHash(found.getHash())
                    .build())
            .getAccepted()
        ? "accepted"
        : "not accepted";
  }
}
