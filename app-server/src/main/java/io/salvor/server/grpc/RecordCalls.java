package io.salvor.server.grpc;

import io.grpc.stub.StreamObserver;
import io.salvor.records.StoredRecord;
import io.salvor.v1.ListInterventionsRequest;
import io.salvor.v1.ListInterventionsResponse;
import io.salvor.v1.ListRecordsRequest;
import io.salvor.v1.ListRecordsResponse;
import io.salvor.v1.RecordServiceGrpc;
import io.salvor.v1.StreamOutputRequest;
import io.salvor.v1.StreamOutputResponse;
import io.salvor.v1.StreamRecordsRequest;
import io.salvor.v1.StreamRecordsResponse;
import java.util.List;

/// RecordService. Each call has a thread of its own.
final class RecordCalls extends RecordServiceGrpc.RecordServiceImplBase {
  /// Records sent in one message of a stream.
  private static final int CHUNK = 200;

  private final RecordReader records;
  private final RecordMessages messages;
  private final Changes changes;
  private final OutputStreaming output;
  private final ForcedByPeople forced;

  RecordCalls(
      RecordReader records,
      RecordMessages messages,
      Changes changes,
      OutputStreaming output,
      ForcedByPeople forced) {
    this.forced = forced;
    this.records = records;
    this.messages = messages;
    this.changes = changes;
    this.output = output;
  }

  @Override
  public void listRecords(
      ListRecordsRequest request, StreamObserver<ListRecordsResponse> observer) {
    Call.unary(observer, () -> list(request));
  }

  private ListRecordsResponse list(ListRecordsRequest request) {
    long after =
        Pages.cursor(
            Pages.number(request.getPageToken(), request.getAfterSeq()), records.lastSeq());
    int size = Pages.size(request.getPageSize());
    List<StoredRecord> page =
        records.page(records.scope(request.getThread(), request.getIncludeAttempts()), after, size);
    var response = ListRecordsResponse.newBuilder();
    page.forEach(stored -> response.addRecords(messages.of(stored)));
    if (page.size() == size) {
      response.setNextPageToken(Long.toString(page.getLast().seq()));
    }
    return response.build();
  }

  @Override
  public void listInterventions(
      ListInterventionsRequest request, StreamObserver<ListInterventionsResponse> observer) {
    Call.unary(observer, () -> forced.list(request));
  }

  @Override
  public void streamRecords(
      StreamRecordsRequest request, StreamObserver<StreamRecordsResponse> observer) {
    Call.stream(observer, out -> stream(request, out));
  }

  private void stream(StreamRecordsRequest request, Outgoing<StreamRecordsResponse> out)
      throws InterruptedException {
    RecordReader.Scope scope = records.scope(request.getThread(), request.getIncludeAttempts());
    long cursor = Pages.cursor(request.getAfterSeq(), records.lastSeq());
    while (true) {
      long durable = records.lastSeq();
      List<StoredRecord> page = records.page(scope, cursor, CHUNK);
      if (!page.isEmpty()) {
        cursor = page.getLast().seq();
        send(out, page, cursor);
      } else if (!request.getFollow()) {
        return;
      } else {
        cursor = Math.max(cursor, durable);
        if (changes.awaitBeyond(cursor, Changes.HEARTBEAT) <= cursor) {
          send(out, List.of(), cursor);
        }
        out.checkThere();
      }
    }
  }

  private void send(Outgoing<StreamRecordsResponse> out, List<StoredRecord> page, long cursor)
      throws InterruptedException {
    var response = StreamRecordsResponse.newBuilder().setCursor(cursor);
    page.forEach(stored -> response.addRecords(messages.of(stored)));
    out.send(response.build());
  }

  @Override
  public void streamOutput(
      StreamOutputRequest request, StreamObserver<StreamOutputResponse> observer) {
    Call.stream(observer, out -> output.send(request, out));
  }
}
