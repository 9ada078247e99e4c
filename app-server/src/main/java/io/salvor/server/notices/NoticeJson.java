package io.salvor.server.notices;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.salvor.v1.Notice;

/// A notice as ProtoJSON, in one line.
final class NoticeJson {
  private NoticeJson() {}

  static String of(Notice notice) {
    try {
      return JsonFormat.printer()
              .alwaysPrintFieldsWithNoPresence()
              .omittingInsignificantWhitespace()
              .print(notice)
          + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a notice has nothing that cannot be printed", e);
    }
  }
}
