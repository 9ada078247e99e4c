package io.salvor.sqlite;

import com.google.protobuf.ByteString;
import io.salvor.domain.backup.Head;
import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.records.Chain;
import io.salvor.records.CorruptRecord;
import io.salvor.records.LogStretch;
import io.salvor.records.RecordCodec;
import io.salvor.records.StoreIdentity;
import io.salvor.records.StoredRecord;
import io.salvor.records.TaskRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Makes a store of what remains of it in several places: from the first record on, each next one
/// is taken from the first place that has it and in which it follows on the one before. The chain
/// of ids decides, so that nothing gets in that was not written so. Used by one thread.
public final class StoreSalvage implements AutoCloseable {
  private static final int BATCH = 500;
  private static final int MOST_LINES = 20;

  private final UUID lineage;
  private final List<SalvageSource> sources = new ArrayList<>();

  /// @param lineage of the store that is wanted; records of others are not taken
  /// @param remains the best first
  public StoreSalvage(UUID lineage, List<? extends Remains> remains) {
    this.lineage = lineage;
    remains.forEach(it -> sources.add(SalvageSource.open(it)));
  }

  /// Records that one place gives.
  ///
  /// @param source its number among what remains
  public record Part(int source, long firstSeq, long lastSeq) {}

  /// What can be had.
  ///
  /// @param head where the log ends; epoch 0 and seq 0 where there is none
  /// @param parts in the order of the log
  /// @param lastKnown the greatest seq that is known to have been there
  /// @param lost what the records after the head are, as far as they can be read, for people
  /// @param lackingTexts hashes of texts that records name and nothing has
  public record Outlook(
      Head head, List<Part> parts, long lastKnown, List<String> lost, Set<String> lackingTexts) {
    public Outlook {
      parts = List.copyOf(parts);
      lost = List.copyOf(lost);
    }
  }

  /// Looks what can be had, and changes nothing.
  public Outlook outlook() {
    var walk = new Walk();
    Set<String> named = new TreeSet<>();
    var parts = new ArrayList<Part>();
    for (Optional<Whole> next = walk.next(); next.isPresent(); next = walk.next()) {
      Whole it = next.get();
      it.entries().forEach(entry -> named.addAll(LogStretch.textsNamedBy(entry)));
      add(parts, it);
    }
    long end = walk.end.lastSeq();
    sources.forEach(it -> it.texts((hash, _) -> named.remove(hash)));
    long last = Math.max(end, lastKnown(walk.epoch));
    var head =
        new Head(lineage.toString(), walk.epoch, end, end == 0 ? "" : hex(walk.end.lastId()));
    return new Outlook(head, parts, last, lost(end, last), named);
  }

  private long lastKnown(long epoch) {
    if (epoch == 0) {
      return 0;
    }
    var store = new StoreIdentity(lineage, epoch);
    return sources.stream()
        .filter(it -> it.isOf(store))
        .mapToLong(it -> it.last().orElse(0))
        .max()
        .orElse(0);
  }

  private List<String> lost(long after, long last) {
    var lines = new ArrayList<String>();
    for (long seq = after + 1; seq <= last && lines.size() < MOST_LINES; seq++) {
      long lost = seq;
      String kind =
          sources.stream()
              .flatMap(it -> it.kindAt(lost).stream())
              .findFirst()
              .orElse("cannot be read");
      lines.add("record " + seq + ": " + kind);
    }
    if (last - after > lines.size()) {
      lines.add((last - after - lines.size()) + " more records");
    }
    return lines;
  }

  private static void add(List<Part> parts, Whole it) {
    for (int i = 0; i < it.stored().size(); i++) {
      int from = it.sources().get(i);
      long seq = it.stored().get(i).seq();
      if (!parts.isEmpty() && parts.getLast().source() == from) {
        parts.set(parts.size() - 1, new Part(from, parts.getLast().firstSeq(), seq));
      } else {
        parts.add(new Part(from, seq, seq));
      }
    }
  }

  /// Writes it into a store that is not there yet.
  public void writeTo(StoreFiles files, InstantSource clock) {
    var connections = new Connections(files.database(), SqliteStore.Settings.DEFAULT.busyTimeout());
    try (Connection writer = connections.writer()) {
      Schema.migrate(writer);
      Transactions.write(
          writer,
          connection -> {
            var meta = new Meta(connection);
            meta.identity(() -> lineage, clock);
            fill(connection);
            StoreRebuild.rebuild(connection);
            meta.setProjectionVersion(TaskRow.VERSION);
            return connection;
          });
    } catch (SQLException e) {
      throw SqlFailures.of(e, "writing " + files.database());
    }
  }

  private void fill(Connection connection) throws SQLException {
    var walk = new Walk();
    try (var statements = new AppendStatements(connection, RequestRows.replayed(connection))) {
      var batch = new ArrayList<Whole>();
      for (Optional<Whole> next = walk.next(); next.isPresent(); next = walk.next()) {
        batch.add(next.get());
        if (batch.size() == BATCH) {
          append(statements, batch);
        }
      }
      append(statements, batch);
      var texts = new TextBatch(statements);
      sources.forEach(it -> it.texts(texts::add));
      texts.write();
    }
  }

  private static void append(AppendStatements statements, List<Whole> batch) throws SQLException {
    var entries = new ArrayList<Entry>();
    var stored = new ArrayList<StoredRecord>();
    var decisions = new ArrayList<Decision>();
    for (Whole it : batch) {
      entries.addAll(it.entries());
      stored.addAll(it.stored());
      decisions.add(new Decision(it.entries(), List.of(), List.of()));
    }
    if (!entries.isEmpty()) {
      statements.records(entries, stored);
      statements.requests(decisions);
    }
    batch.clear();
  }

  /// A decision that is there from its first to its last record.
  private record Whole(List<Entry> entries, List<StoredRecord> stored, List<Integer> sources) {}

  /// Goes along the chain, decision by decision.
  private final class Walk {
    private Chain end = Chain.START;
    private long epoch;

    Optional<Whole> next() {
      Chain chain = end;
      var whole = new Whole(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      while (true) {
        boolean taken = false;
        for (int i = 0; i < sources.size() && !taken; i++) {
          Optional<StoredRecord> record = sources.get(i).at(chain.lastSeq() + 1);
          Optional<Chain> after = record.flatMap(it -> onward(it, end, whole));
          if (after.isPresent()) {
            whole.sources().add(i);
            chain = after.get();
            taken = true;
          }
        }
        if (!taken) {
          return Optional.empty();
        }
        if (whole.entries().getLast().lastOfDecision()) {
          end = chain;
          epoch = whole.stored().getLast().writtenTo().epoch();
          return Optional.of(whole);
        }
      }
    }

    private Optional<Chain> onward(StoredRecord record, Chain before, Whole whole) {
      try {
        StoredRecord last = whole.stored().isEmpty() ? null : whole.stored().getLast();
        Chain from = last == null ? before : new Chain(last.seq(), last.id());
        Chain after = from.verify(record);
        if (!record.writtenTo().lineage().equals(lineage)) {
          return Optional.empty();
        }
        whole.entries().add(RecordCodec.decode(record));
        whole.stored().add(record);
        return Optional.of(after);
      } catch (CorruptRecord e) {
        return Optional.empty();
      }
    }
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Override
  public void close() {
    sources.forEach(SalvageSource::close);
  }
}
