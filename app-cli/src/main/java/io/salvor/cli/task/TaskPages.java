package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A list of tasks, read page by page; no more than a page is held.
final class TaskPages {
  private static final int PAGE = 200;

  private final Context context;
  private final String filter;
  private final String orderBy;
  private String token = "";
  private int total;

  TaskPages(Context context, String filter, String orderBy) {
    this.context = context;
    this.filter = filter;
    this.orderBy = orderBy;
  }

  /// Hands over every task.
  void each(Consumer<Task> use) {
    handOver(
        Integer.MAX_VALUE,
        page -> {
          page.forEach(use);
          return true;
        });
  }

  /// Hands over at most `most` tasks in pages, as long as they are wanted.
  void handOver(int most, Predicate<List<Task>> use) {
    int left = most;
    boolean wanted = true;
    do {
      ListTasksResponse page = page(Math.min(left, PAGE));
      left -= page.getTasksCount();
      token = page.getNextPageToken();
      total = page.getTotalSize();
      wanted = use.test(page.getTasksList());
    } while (wanted && !token.isEmpty() && left > 0);
  }

  /// Where the page after the last one begins; empty at the end.
  String nextToken() {
    return token;
  }

  /// How many match in all, as the server said with the last page; 0 where it does not know.
  int total() {
    return total;
  }

  private ListTasksResponse page(int size) {
    return context
        .api()
        .call(
            TaskServiceGrpc.getListTasksMethod(),
            ListTasksRequest.newBuilder()
                .setPageSize(size)
                .setPageToken(token)
                .setFilter(filter)
                .setOrderBy(orderBy)
                .build());
  }
}
