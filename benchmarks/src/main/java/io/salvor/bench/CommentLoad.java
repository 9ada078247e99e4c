package io.salvor.bench;

import io.salvor.v1.CommentTaskRequest;
import io.salvor.v1.CreateTaskRequest;
import io.salvor.v1.TaskServiceGrpc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/// Comments on 64 tasks, 64 in flight, each answered when it is durable.
record CommentLoad(UnixClient client, List<CommentTaskRequest> requests) {
  private static final int TASKS = 64;
  private static final String TEXT =
      "A remark of the usual length, as people write them. ".repeat(3);

  /// Makes the tasks.
  static CommentLoad on(UnixClient client, Path project) throws Exception {
    var requests = new ArrayList<CommentTaskRequest>();
    for (int i = 0; i < TASKS; i++) {
      CreateTaskRequest request = NewTasks.request(NewTasks.uid(), project, "true", false);
      String name = client.call(TaskServiceGrpc.getCreateTaskMethod(), request).get().getName();
      requests.add(CommentTaskRequest.newBuilder().setName(name).setText(TEXT).build());
    }
    return new CommentLoad(client, List.copyOf(requests));
  }

  /// Calls in a second.
  double perSecond(int total) throws InterruptedException {
    return UnixClient.perSecond(
        TASKS,
        total,
        i ->
            client.call(TaskServiceGrpc.getCommentTaskMethod(), requests.get(i % requests.size())));
  }

  /// Calls in a second, as long as something else goes on.
  double perSecondDuring(Future<?> other, int portion) throws InterruptedException {
    long began = System.nanoTime();
    long calls = 0;
    do {
      var _ = perSecond(portion);
      calls += portion;
    } while (!other.isDone());
    return calls / ((System.nanoTime() - began) / 1e9);
  }
}
