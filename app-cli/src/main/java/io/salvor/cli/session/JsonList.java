package io.salvor.cli.session;

import com.google.protobuf.MessageOrBuilder;

/// A list in JSON, as the message that holds it would be, written item by item as they come: no
/// more than one is held. Nothing is written before the first item or the end: a list that is
/// refused leaves no beginning of one.
public final class JsonList {
  private final Context context;
  private final String field;
  private boolean empty = true;

  /// @param field the list's name in the message
  public JsonList(Context context, String field) {
    this.context = context;
    this.field = field;
  }

  /// One more item.
  public void add(MessageOrBuilder item) {
    context.out().print(empty ? head() : ", ");
    context.out().print(Results.pretty(item).replace("\n", "\n  "));
    empty = false;
  }

  private String head() {
    return "{\n  \"" + field + "\": [";
  }

  /// The end of the list, and what comes after it.
  ///
  /// @param nextPageToken empty after the last page
  public void end(String nextPageToken, int totalSize) {
    context.out().print(empty ? head() : "");
    context.out().print("],\n  \"nextPageToken\": \"" + nextPageToken + "\",\n");
    context.out().print("  \"totalSize\": " + totalSize + "\n}\n");
  }
}
