package io.salvor.server.grpc;

import io.salvor.server.errors.Errors;
import io.salvor.v1.ErrorReason;

/// Page sizes as AIP-158 has them.
final class Pages {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  private Pages() {}

  static int size(int asked) {
    if (asked < 0) {
      throw Errors.invalid("page_size", "not less than 0");
    }
    return asked == 0 ? USUAL : Math.min(asked, MOST);
  }

  /// The place in the log that a caller has read up to. One that this log has not come to is of
  /// another, or of what a restore has left out: what would be given from there on has gaps.
  ///
  /// @param last seq of the last record, looked up after the caller asked
  static long cursor(long readUpTo, long last) {
    if (readUpTo > last) {
      throw Errors.failure(
          ErrorReason.Code.CURSOR_BEYOND_END,
          "the log ends with record "
              + last
              + ", and not after "
              + readUpTo
              + ": the store was restored to an earlier record, or it is another one",
          "read anew, from 0: what was read after the restored record is not in the log any more");
    }
    return readUpTo;
  }

  /// A token that is a number from 0 on; `first` where there is none yet.
  static long number(String token, long first) {
    if (token.isEmpty()) {
      return first;
    }
    if (!token.matches("[0-9]{1,18}")) {
      throw Errors.invalid("page_token", "not from an answer before: " + token);
    }
    return Long.parseLong(token);
  }
}
