package io.salvor.records;

import com.google.protobuf.ByteString;
import io.salvor.domain.id.TaskId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A hash over the projection's rows in the order of their keys: equal rows, equal hash, whichever
/// store they lie in. Used by one thread.
public final class StateHash {
  private final MessageDigest sha256 = StoredRecord.sha256();
  private @Nullable TaskId last;

  /// No rows yet.
  public StateHash() {
    number(TaskRow.VERSION);
  }

  /// Takes in the row with the next greater id.
  public StateHash add(TaskRow row) {
    if (last != null && last.compareTo(row.id()) >= 0) {
      throw new IllegalArgumentException("rows come in the order of their ids: " + row.id());
    }
    last = row.id();
    bytes(Scalars.task(row.id()));
    number(row.display().number());
    text(row.title());
    text(row.project());
    text(row.agent());
    text(row.state().name());
    number(row.closed() ? 1 : 0);
    number(row.since());
    number(row.revision());
    time(row.createdAt());
    time(row.updatedAt());
    number(row.cost().isPresent() ? 1 : 0);
    row.cost().ifPresent(cost -> number(cost.value()));
    number(row.tokens());
    number(row.attempts());
    bytes(row.snapshot());
    return this;
  }

  /// The hash in hex. Ends this.
  public String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void number(long value) {
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(value).flip());
  }

  private void time(Instant time) {
    number(time.getEpochSecond());
    number(time.getNano());
  }

  private void text(String text) {
    bytes(ByteString.copyFrom(text, StandardCharsets.UTF_8));
  }

  private void bytes(ByteString bytes) {
    number(bytes.size());
    sha256.update(bytes.asReadOnlyByteBuffer());
  }
}
