package io.salvor.server.backup;

import com.google.protobuf.ByteString;
import io.salvor.domain.backup.Head;
import io.salvor.domain.backup.Reach;
import io.salvor.domain.backup.RestorePlan.Cut;
import io.salvor.domain.backup.Segment;
import io.salvor.domain.journal.Entry;
import io.salvor.records.Chain;
import io.salvor.records.CorruptRecord;
import io.salvor.records.LogStretch;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoredRecord;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/// The segments that go on from a generation, read one by one as they are asked for.
///
/// @param after where the generation ends
record Onward(SegmentFolder folder, List<Segment> segments, Head after)
    implements Iterable<LogStretch> {

  static Onward of(Vault vault, Reach reach) {
    return new Onward(vault.segments(), reach.then(), reach.from().head());
  }

  /// Reads all of them, and marks the first that is not as it was published, or does not go on from
  /// what is before it.
  boolean isWhole() {
    Chain end =
        after.seq() == 0
            ? Chain.START
            : new Chain(after.seq(), ByteString.copyFrom(HexFormat.of().parseHex(after.id())));
    for (Segment it : segments) {
      try {
        for (StoredRecord record : folder.read(it).records()) {
          end = record.seq() <= after.seq() ? end : end.verify(record);
        }
      } catch (LogStretch.Unreadable | CorruptRecord e) {
        mark(it, String.valueOf(e.getMessage()));
        return false;
      } catch (IOException e) {
        mark(it, "it cannot be read: " + Disk.words(e));
        return false;
      }
    }
    return true;
  }

  private void mark(Segment segment, String problem) {
    try {
      folder.mark(segment, problem);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Seq of the last decision in them that lies wholly before the cut; empty where none does.
  OptionalLong lastBefore(Cut cut) {
    long end = 0;
    long found = 0;
    for (LogStretch stretch : this) {
      for (StoredRecord record : stretch.records()) {
        Entry entry = RecordCodec.decode(record);
        end = entry.lastOfDecision() ? entry.seq() : end;
        if (isBefore(entry, cut)) {
          found = end;
        }
      }
    }
    return found > after.seq() ? OptionalLong.of(found) : OptionalLong.empty();
  }

  private static boolean isBefore(Entry entry, Cut cut) {
    return switch (cut) {
      case Cut.AfterSeq(var seq) -> entry.seq() <= seq;
      case Cut.AfterTime(var at) -> !entry.at().isAfter(at);
    };
  }

  @Override
  public Iterator<LogStretch> iterator() {
    Iterator<Segment> all = segments.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public LogStretch next() {
        Segment segment = all.next();
        try {
          return folder.read(segment);
        } catch (LogStretch.Unreadable e) {
          throw new BackupFailed(
              "the segment " + segment.name() + " was changed meanwhile: " + e.getMessage(),
              "the same command again");
        } catch (IOException e) {
          throw failed(e);
        }
      }
    };
  }

  private BackupFailed failed(IOException e) {
    return new BackupFailed(
        "the segments in " + folder.folder() + " cannot be read: " + e.getMessage(),
        "make it a folder that you may read and write",
        e);
  }
}
