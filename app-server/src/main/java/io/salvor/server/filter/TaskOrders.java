package io.salvor.server.filter;

import io.salvor.sqlite.TaskOrder;
import io.salvor.sqlite.TaskOrder.By;
import java.util.ArrayList;
import java.util.List;

/// Orders as AIP-132 has them: fields with commas between them, each with ` desc` after it if
/// wanted.
public final class TaskOrders {
  private TaskOrders() {}

  /// Reads an order; an empty text means the oldest first.
  ///
  /// @throws BadFilter where it cannot be meant
  public static TaskOrder parse(String text) {
    if (text.isBlank()) {
      return TaskOrder.OLDEST_FIRST;
    }
    List<TaskOrder.Key> keys = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      List<String> words = List.of(part.strip().split("\\s+"));
      boolean descending = words.size() == 2 && words.get(1).equals("desc");
      if (words.size() > 2 || (words.size() == 2 && !descending && !words.get(1).equals("asc"))) {
        throw unknown(part.strip());
      }
      keys.add(new TaskOrder.Key(by(words.getFirst()), descending));
    }
    return new TaskOrder(keys);
  }

  private static By by(String field) {
    return switch (field) {
      case "create_time", "display_id" -> By.NUMBER;
      case "update_time", "state_time" -> By.UPDATED_AT;
      case "state" -> By.STATE;
      case "cost" -> By.COST;
      default -> throw unknown(field);
    };
  }

  private static BadFilter unknown(String what) {
    return new BadFilter(
        "cannot order by '"
            + what
            + "'; by create_time, update_time, display_id, state and cost, each also with ' desc'");
  }
}
