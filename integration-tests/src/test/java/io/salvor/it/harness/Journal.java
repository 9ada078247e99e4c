package io.salvor.it.harness;

import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.ListRecordsResponse;
import io.salvor.v1.Record;
import java.util.ArrayList;
import java.util.List;

/// The records of a server, read page by page.
///
/// @param records oldest first
public record Journal(List<Record> records) {
  private static final int PAGE = 1000;

  /// Everything.
  public static Journal of(Client client) {
    return of(client, "");
  }

  /// A task's records and its attempts'.
  public static Journal of(Client client, String task) {
    var request =
        ListRecordsRequest.newBuilder()
            .setThread(task)
            .setIncludeAttempts(!task.isEmpty())
            .setPageSize(PAGE);
    var records = new ArrayList<Record>();
    do {
      ListRecordsResponse page = client.records().listRecords(request.build());
      records.addAll(page.getRecordsList());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    return new Journal(List.copyOf(records));
  }

  /// Those of one kind: `attempt.spawned` for `salvor.attempt.spawned.v1`.
  public List<Record> kind(String kind) {
    return records.stream().filter(it -> it.getKind().equals("salvor." + kind + ".v1")).toList();
  }

  /// What the agent said, in its own words, as often as it was recorded.
  public List<String> said() {
    return kind("attempt.observed").stream()
        .map(Journal::text)
        .filter(it -> !it.isEmpty())
        .toList();
  }

  /// What an observation says; empty where it is not of something said.
  public static String text(Record observed) {
    return observed
        .getBody()
        .getFieldsOrDefault("event", com.google.protobuf.Value.getDefaultInstance())
        .getStructValue()
        .getFieldsOrDefault("said", com.google.protobuf.Value.getDefaultInstance())
        .getStructValue()
        .getFieldsOrDefault("text", com.google.protobuf.Value.getDefaultInstance())
        .getStringValue();
  }
}
