package io.salvor.process.lab;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Server-sent events as they are written. Not safe for use by many threads.
final class Events {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final StringBuilder text = new StringBuilder();

  /// An event with its name, which its data repeats as `type`.
  Events add(String type, Map<String, ?> fields) {
    Map<String, Object> data = new LinkedHashMap<>(fields);
    data.put("type", type);
    text.append("event: ").append(type).append('\n');
    return data(data);
  }

  /// An event without a name.
  Events data(Map<String, ?> fields) {
    text.append("data: ").append(JSON.writeValueAsString(fields)).append("\n\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
