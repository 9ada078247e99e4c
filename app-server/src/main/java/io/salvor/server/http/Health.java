package io.salvor.server.http;

/// `GET /health`: 200 while the server takes writes, 503 while it does not; a small JSON object
/// either way.
public record Health(boolean ok, String version, long records) {
  /// As it is answered.
  public HttpDoor.Page page() {
    String json =
        "{\"status\":\"%s\",\"version\":\"%s\",\"records\":%d}\n"
            .formatted(ok ? "ok" : "unavailable", version, records);
    return new HttpDoor.Page(ok ? 200 : 503, "application/json", json);
  }
}
