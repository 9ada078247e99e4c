package io.salvor.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// Headers and bodies of a stretch of a log, packed into one lump for a store's archive, and read
/// from it again. Immutable.
///
/// Each header has the id of the record before it: bytes that nothing can shrink, and nearly half
/// of what a lump would be. They are left out and reckoned anew from the records themselves.
public final class ArchivedSegment {
  /// What is wrong with an archived record that cannot be found.
  public static final String NONE_HAS_IT = "it was archived, and no segment has it";

  private static final int FORMAT = 1;
  private static final int NOT_LEFT_OUT = 0;

  private final long firstSeq;
  private final long lastSeq;
  private final List<Content> contents;
  private final Optional<String> damage;

  private ArchivedSegment(
      long firstSeq, long lastSeq, List<Content> contents, Optional<String> damage) {
    this.firstSeq = firstSeq;
    this.lastSeq = lastSeq;
    this.contents = List.copyOf(contents);
    this.damage = damage;
  }

  /// What a record consists of, byte for byte.
  public record Content(ByteString header, ByteString body) {
    /// That of a record.
    public static Content of(StoredRecord record) {
      return new Content(record.header(), record.body());
    }
  }

  /// The lump of these records, which follow on each other.
  ///
  /// @param before where the log ended before them
  public static ByteString pack(Chain before, List<StoredRecord> records) {
    ByteString.Output lump = ByteString.newOutput();
    lump.write(FORMAT);
    try (var deflater = new DeflaterOutputStream(lump)) {
      CodedOutputStream out = CodedOutputStream.newInstance(deflater);
      out.writeBytesNoTag(before.lastId());
      byte[] previous = before.lastId().toByteArray();
      for (StoredRecord it : records) {
        write(it, previous, out);
        previous = it.id().toByteArray();
      }
      out.flush();
    } catch (IOException e) {
      throw new AssertionError("memory does not fail to be written to", e);
    }
    return lump.toByteString();
  }

  private static void write(StoredRecord record, byte[] previous, CodedOutputStream out)
      throws IOException {
    byte[] header = record.header().toByteArray();
    int place = placeOf(previous, header);
    if (place < 0) {
      out.writeUInt32NoTag(NOT_LEFT_OUT);
      out.writeByteArrayNoTag(header);
    } else {
      int rest = header.length - previous.length;
      out.writeUInt32NoTag(place + 1);
      out.writeUInt32NoTag(rest);
      out.write(header, 0, place);
      out.write(header, place + previous.length, rest - place);
    }
    out.writeBytesNoTag(record.body());
  }

  private static int placeOf(byte[] part, byte[] whole) {
    for (int i = 0; part.length > 0 && i <= whole.length - part.length; i++) {
      if (Arrays.equals(whole, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    return -1;
  }

  /// Reads a lump, as far as it can be read.
  ///
  /// @param firstSeq seq of its first record
  /// @param lastSeq seq of its last record
  public static ArchivedSegment read(long firstSeq, long lastSeq, ByteString lump) {
    var contents = new ArrayList<Content>();
    Optional<String> damage = Optional.empty();
    if (lump.isEmpty() || lump.byteAt(0) != FORMAT) {
      damage = Optional.of("is none, or one that only a newer Salvor knows");
    } else {
      try (var inflater = new InflaterInputStream(lump.substring(1).newInput())) {
        read(CodedInputStream.newInstance(inflater), lastSeq - firstSeq + 1, contents);
      } catch (IOException e) {
        damage = Optional.of("cannot be read: " + e.getMessage());
      }
    }
    return new ArchivedSegment(firstSeq, lastSeq, contents, damage);
  }

  private static void read(CodedInputStream in, long count, List<Content> contents)
      throws IOException {
    ByteString previous = in.readBytes();
    while (contents.size() < count) {
      int place = in.readUInt32() - 1;
      ByteString rest = in.readBytes();
      if (place > rest.size()) {
        throw new IOException("a header is shorter than it says");
      }
      ByteString header =
          place < 0
              ? rest
              : rest.substring(0, place).concat(previous).concat(rest.substring(place));
      ByteString body = in.readBytes();
      contents.add(new Content(header, body));
      previous = StoredRecord.id(previous, header.toByteArray(), body.toByteArray());
    }
    if (!in.isAtEnd()) {
      throw new IOException("there is more in it than its records");
    }
  }

  /// Whether it should have this record.
  public boolean covers(long seq) {
    return firstSeq <= seq && seq <= lastSeq;
  }

  /// What a record was, out of a lump that is whole.
  ///
  /// @throws CorruptRecord where the lump is damaged anywhere, or has no such record
  public Content get(long seq) {
    if (damage.isPresent()) {
      throw new CorruptRecord(seq, "the segment that it is archived in " + damage.get());
    }
    return surviving(seq);
  }

  /// What a record was, also out of a lump that is damaged after it; whether it is what was
  /// written, only the chain can tell.
  ///
  /// @throws CorruptRecord where it cannot be read
  public Content surviving(long seq) {
    if (!covers(seq) || seq - firstSeq >= contents.size()) {
      throw new CorruptRecord(seq, NONE_HAS_IT);
    }
    return contents.get((int) (seq - firstSeq));
  }
}
