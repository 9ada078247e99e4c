package io.salvor.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.task.Change;
import io.salvor.domain.task.TaskFact;
import io.salvor.record.v1.LogSegment;
import io.salvor.record.v1.SegmentDocument;
import io.salvor.record.v1.SegmentRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Whole decisions of a store's log, one after the other, with the texts that they name: as bytes
/// for a file, and back.
///
/// @param before where the log ended before them
/// @param records at least one
public record LogStretch(
    StoreIdentity store,
    Chain before,
    List<StoredRecord> records,
    List<Decision.Document> documents) {
  private static final byte[] MARK = "SALVSEG1".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_BYTES = 32;

  public LogStretch {
    records = List.copyOf(records);
    documents = List.copyOf(documents);
    if (records.isEmpty()) {
      throw new IllegalArgumentException("a stretch without records");
    }
  }

  /// Bytes that are no stretch, or not the one that was written.
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message one sentence
    public Unreadable(String message) {
      super(message);
    }
  }

  /// Texts that an entry names, by hash.
  public static List<String> textsNamedBy(Entry entry) {
    Optional<TaskFact> fact = entry.ofTask().map(it -> it.fact());
    if (fact.isPresent() && fact.get() instanceof TaskFact.Created created) {
      return List.of(created.spec().briefHash());
    }
    if (fact.isPresent() && fact.get() instanceof TaskFact.Edited edited) {
      return edited.changes().stream()
          .filter(Change.Brief.class::isInstance)
          .map(it -> ((Change.Brief) it).hash())
          .toList();
    }
    return List.of();
  }

  /// Seq of the last record.
  public long lastSeq() {
    return records.getLast().seq();
  }

  /// As it lies in a file.
  public byte[] bytes() {
    var segment =
        LogSegment.newBuilder()
            .setLineage(Scalars.uuid(store.lineage()))
            .setStoreEpoch(store.epoch())
            .setPreviousId(before.lastId());
    for (StoredRecord it : records) {
      segment.addRecords(
          SegmentRecord.newBuilder()
              .setSeq(it.seq())
              .setId(it.id())
              .setHeader(it.header())
              .setBody(it.body()));
    }
    for (Decision.Document it : documents) {
      segment.addDocuments(SegmentDocument.newBuilder().setHash(it.hash()).setText(it.text()));
    }
    byte[] packed = packed(segment.build().toByteArray());
    var file = new ByteArrayOutputStream(MARK.length + HASH_BYTES + packed.length);
    file.writeBytes(MARK);
    file.writeBytes(StoredRecord.sha256().digest(packed));
    file.writeBytes(packed);
    return file.toByteArray();
  }

  private static byte[] packed(byte[] bytes) {
    var packed = new ByteArrayOutputStream(bytes.length / 4);
    try (var zip = new GZIPOutputStream(packed)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail to be written to", e);
    }
    return packed.toByteArray();
  }

  /// The stretch in a file: its bytes are those that were written, its records follow on each
  /// other, and it ends with a decision.
  ///
  /// @throws Unreadable where it is otherwise
  public static LogStretch read(byte[] file) throws Unreadable {
    int start = MARK.length + HASH_BYTES;
    if (file.length < start || !Arrays.equals(Arrays.copyOf(file, MARK.length), MARK)) {
      throw new Unreadable("it is no segment, or one that only a newer Salvor knows");
    }
    byte[] packed = Arrays.copyOfRange(file, start, file.length);
    if (!Arrays.equals(
        Arrays.copyOfRange(file, MARK.length, start), StoredRecord.sha256().digest(packed))) {
      throw new Unreadable("its bytes are not those that were written");
    }
    try (var zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return verified(LogSegment.parseFrom(zip.readAllBytes()));
    } catch (InvalidProtocolBufferException e) {
      throw new Unreadable("it cannot be read: " + e.getMessage());
    } catch (IOException | CorruptRecord | Malformed | IllegalArgumentException e) {
      throw new Unreadable(String.valueOf(e.getMessage()));
    }
  }

  private static LogStretch verified(LogSegment segment) throws Unreadable {
    var records = new ArrayList<StoredRecord>();
    for (SegmentRecord it : segment.getRecordsList()) {
      records.add(new StoredRecord(it.getSeq(), it.getId(), it.getHeader(), it.getBody()));
    }
    var documents = new ArrayList<Decision.Document>();
    for (SegmentDocument it : segment.getDocumentsList()) {
      ByteString text = ByteString.copyFromUtf8(it.getText());
      byte[] hash = StoredRecord.sha256().digest(text.toByteArray());
      if (!java.util.HexFormat.of().formatHex(hash).equals(it.getHash())) {
        throw new Unreadable("the text " + it.getHash() + " is not what was written");
      }
      documents.add(new Decision.Document(it.getHash(), it.getText()));
    }
    if (records.isEmpty()) {
      throw new Unreadable("it has no records");
    }
    var before = new Chain(records.getFirst().seq() - 1, segment.getPreviousId());
    Chain end = before;
    for (StoredRecord it : records) {
      end = end.verify(it);
    }
    if (!records.getLast().endsDecision()) {
      throw new Unreadable("it does not end with a decision");
    }
    var store = new StoreIdentity(Scalars.uuid(segment.getLineage()), segment.getStoreEpoch());
    return new LogStretch(store, before, records, documents);
  }
}
