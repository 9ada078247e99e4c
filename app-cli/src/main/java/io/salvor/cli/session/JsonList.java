package io.salvor.cli.session;

import com.google.protobuf.MessageOrBuilder;

/// A list in JSON, as the message that holds it would be, written item by item as they come: no
/// more than one is held.
public final class JsonList {
  private final Context context;
  private boolean empty = true;

  /// @param field the list's name in the message
  public JsonList(Context context, String field) {
    this.context = context;
    context.out().print("{\n  \"" + field + "\": [");
  }

  /// One more item.
  public void add(MessageOrBuilder item) {
    context.out().print(empty ? "" : ", ");
    context.out().print(Results.pretty(item).replace("\n", "\n  "));
    empty = false;
  }

  /// The end of the list, and what comes after it.
  ///
  /// @param nextPageToken empty after the last page
  public void end(String nextPageToken, int totalSize) {
    context.out().print("],\n  \"nextPageToken\": \"" + nextPageToken + "\",\n");
    context.out().print("  \"totalSize\": " + totalSize + "\n}\n");
  }
}
