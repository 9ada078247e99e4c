package io.salvor.server.grpc;

import io.salvor.server.errors.Errors;

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
