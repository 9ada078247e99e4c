package io.salvor.process;

import io.salvor.domain.agent.AgentEvent;
import io.salvor.domain.agent.ByteRange;
import io.salvor.domain.agent.OutputBatch;
import io.salvor.process.protocol.LineReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads a growing file of lines from its beginning, and makes batches of what stands behind an
/// offset.
///
/// What stands before it is read too, since totals depend on it, but says nothing again. Memory is
/// bounded: of a line longer than `longestLine` only the range is kept. Any bytes are legal. Not
/// safe for use by many threads.
final class OutputTail implements Closeable {
  private static final int CHUNK = 256 * 1024;
  private static final int MOST_EVENTS = 64;

  private final RandomAccessFile file;
  private final LineReader reader;
  private final int longestLine;
  private final long heardUntil;
  private final byte[] chunk = new byte[CHUNK];
  private int chunkAt;
  private int chunkEnd;

  /// The line being read: where it began, how long it is so far, and its bytes as long as they are
  /// few.
  private long lineStart;

  private long lineLength;
  private byte[] line = new byte[4096];

  private long handedUntil;
  private long saidUntil;
  private List<AgentEvent> events = new ArrayList<>();
  private boolean progress;

  /// @param offset where the last batch ended that was handed over
  OutputTail(Path path, LineReader reader, long offset, int longestLine) throws IOException {
    this.file = new RandomAccessFile(path.toFile(), "r");
    this.reader = reader;
    this.longestLine = longestLine;
    this.heardUntil = offset;
    this.handedUntil = offset;
    this.saidUntil = offset;
    if (offset > file.length()) {
      file.close();
      throw new IOException(path + " is shorter than what was read of it, " + offset + " bytes");
    }
  }

  /// The next batch in the part of the file before `end`; empty when all whole lines up to there
  /// are read.
  Optional<OutputBatch> next(long end) throws IOException {
    while (events.size() < MOST_EVENTS && (chunkAt < chunkEnd || fill(end))) {
      int feed = indexOfLineFeed();
      boolean whole = feed >= 0;
      take(whole ? feed : chunkEnd);
      if (whole) {
        chunkAt++;
        endLine(1);
      } else if (position() == heardUntil) {
        endLine(0); // the last reader took what stood here for a line
      } else {
        progress |= lineStart >= heardUntil;
      }
      if (!events.isEmpty() && chunkAt == chunkEnd) {
        break;
      }
    }
    return batch();
  }

  /// The last batch, with the line that has no line feed and what only shows at the end: there also
  /// a closing statement in a line that was heard before, since no earlier reader may have come to
  /// the end, and the totals by then, which may be told beside the output.
  Optional<OutputBatch> last() {
    if (lineLength > 0) {
      endLine(0);
    }
    reader.end().stream()
        .filter(it -> isOfTheWhole(it) || it.at().offset() >= heardUntil)
        .forEach(this::add);
    return batch();
  }

  private static boolean isOfTheWhole(AgentEvent event) {
    return event instanceof AgentEvent.Terminal || event instanceof AgentEvent.Used;
  }

  /// How far the file was read.
  long position() {
    return lineStart + lineLength;
  }

  /// How far the output is known: at least to where the last reader got.
  long knownUntil() {
    return Math.max(position(), heardUntil);
  }

  /// Whether anything but notices that the agent waits for its provider was read since the last
  /// call.
  boolean progressSinceLastAsked() {
    boolean result = progress;
    progress = false;
    return result;
  }

  long length() throws IOException {
    return file.length();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean fill(long end) throws IOException {
    long stop = position() < heardUntil ? Math.min(end, heardUntil) : end;
    int most = (int) Math.min(CHUNK, stop - position());
    if (most <= 0) {
      return false;
    }
    int read = file.read(chunk, 0, most);
    chunkAt = 0;
    chunkEnd = Math.max(read, 0);
    return read > 0;
  }

  private int indexOfLineFeed() {
    for (int i = chunkAt; i < chunkEnd; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void take(int until) {
    int length = until - chunkAt;
    if (lineLength + length <= longestLine) {
      int needed = (int) lineLength + length;
      if (needed > line.length) {
        line = Arrays.copyOf(line, Math.min(longestLine, Math.max(needed, line.length * 2)));
      }
      System.arraycopy(chunk, chunkAt, line, (int) lineLength, length);
    }
    lineLength += length;
    chunkAt = until;
  }

  private void endLine(int feed) {
    ByteRange at = new ByteRange(lineStart, lineLength);
    List<AgentEvent> said =
        lineLength > longestLine
            ? List.of(new AgentEvent.Unreadable(at, "longer than " + longestLine + " bytes"))
            : reader.read(at, new String(line, 0, (int) lineLength, StandardCharsets.UTF_8));
    boolean news = lineStart >= heardUntil;
    lineStart = at.end() + feed;
    lineLength = 0;
    if (line.length > CHUNK) {
      line = new byte[4096];
    }
    if (news) {
      saidUntil = lineStart;
      said.forEach(this::add);
      progress |=
          said.isEmpty() || !said.stream().allMatch(AgentEvent.ProviderRetry.class::isInstance);
    }
  }

  /// Lines that cannot be read are one event as long as they follow each other: a program that
  /// prints megabytes of something else leaves a few records and not a million.
  private void add(AgentEvent event) {
    if (event instanceof AgentEvent.Unreadable now
        && !events.isEmpty()
        && events.getLast() instanceof AgentEvent.Unreadable before
        && now.at().offset() - before.at().end() <= 1) {
      ByteRange both = new ByteRange(before.at().offset(), now.at().end() - before.at().offset());
      events.set(events.size() - 1, new AgentEvent.Unreadable(both, before.why()));
    } else {
      events.add(event);
    }
  }

  private Optional<OutputBatch> batch() {
    if (events.isEmpty()) {
      return Optional.empty();
    }
    OutputBatch batch = new OutputBatch(handedUntil, saidUntil, events);
    handedUntil = saidUntil;
    events = new ArrayList<>();
    return Optional.of(batch);
  }
}
