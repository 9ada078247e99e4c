package io.salvor.server.grpc;

import io.salvor.server.errors.Errors;
import io.salvor.v1.ListTasksRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// Where in which list a next page begins, as a text that means nothing to callers. It fits only
/// the filter and the order that it was made for.
final class PageToken {
  private PageToken() {}

  static String of(ListTasksRequest request, List<Long> position) {
    String numbers = position.stream().map(String::valueOf).collect(Collectors.joining(","));
    String text = list(request) + ":" + numbers;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The position that a request's token names; empty for the first page.
  ///
  /// @param keys how many numbers a position has
  static List<Long> read(ListTasksRequest request, int keys) {
    if (request.getPageToken().isEmpty()) {
      return List.of();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(request.getPageToken());
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split(":", -1);
      if (parts.length == 2 && parts[0].equals(list(request))) {
        List<Long> position = Arrays.stream(parts[1].split(",", -1)).map(Long::valueOf).toList();
        if (position.size() == keys) {
          return position;
        }
      }
    } catch (IllegalArgumentException notOurs) {
      throw foreign();
    }
    throw foreign();
  }

  private static RuntimeException foreign() {
    return Errors.invalid("page_token", "not from an answer to the same filter and order before");
  }

  private static String list(ListTasksRequest request) {
    String words = request.getFilter() + "\n" + request.getOrderBy();
    return Sha256.hex(words).substring(0, 12);
  }
}
