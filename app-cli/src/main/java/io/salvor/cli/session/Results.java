package io.salvor.cli.session;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.PrintStream;
import java.util.function.Supplier;

/// Writes results in the form that was asked for.
public final class Results {
  private final Context context;

  public Results(Context context) {
    this.context = context;
  }

  /// The whole result.
  ///
  /// @param text for people, with its line ends
  public void show(MessageOrBuilder message, Supplier<String> text) {
    PrintStream out = context.out();
    switch (context.output()) {
      case TEXT -> out.print(text.get());
      case JSON -> out.println(pretty(message));
      case JSONL -> out.println(line(message));
    }
  }

  /// One of many results that come one after the other: a line of JSON where JSON is asked for.
  public void showNext(MessageOrBuilder message, Supplier<String> text) {
    PrintStream out = context.out();
    switch (context.output()) {
      case TEXT -> out.print(text.get());
      case JSON, JSONL -> out.println(line(message));
    }
    out.flush();
  }

  /// Whether nobody reads on.
  public boolean unread() {
    return context.out().checkError();
  }

  static String pretty(MessageOrBuilder message) {
    return print(JsonFormat.printer(), message);
  }

  private static String line(MessageOrBuilder message) {
    return print(JsonFormat.printer().omittingInsignificantWhitespace(), message);
  }

  /// Fields without a value are written too, so that a script finds what it looks for.
  private static String print(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return printer.alwaysPrintFieldsWithNoPresence().print(message);
    } catch (InvalidProtocolBufferException unknownAny) {
      throw new IllegalStateException(unknownAny);
    }
  }
}
