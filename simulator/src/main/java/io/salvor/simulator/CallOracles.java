package io.salvor.simulator;

import io.salvor.domain.journal.Decision;
import io.salvor.domain.journal.Entry;
import io.salvor.domain.journal.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What must be true of calls: what is acknowledged is on the disk, and a request is carried out
/// once.
final class CallOracles {
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private Instant latest = Instant.EPOCH;
  private final Ledger ledger;
  private final List<Expected> expected = new ArrayList<>();
  private final TreeMap<String, Done> done = new TreeMap<>();

  CallOracles(Ledger ledger) {
    this.ledger = ledger;
  }

  private record Expected(Call call, Reply reply) {}

  private record Done(String payload, long lastSeq, Instant at) {}

  Reply expecting(Call call) {
    Reply reply = call.send();
    expected.add(new Expected(call, reply));
    return reply;
  }

  void written(Decision decision) {
    for (Entry entry : decision.entries()) {
      Instant at = entry.at();
      latest = at.isAfter(latest) ? at : latest;
      entry
          .request()
          .ifPresent(request -> {
            var now = new Done(request.payloadHash(), decision.lastSeq(), at);
            Done before = done.put(key(request), now);
            if (before != null && latest.isBefore(before.at.plus(REMEMBERED))) {
              throw new OracleFailed("Z11", "carried out twice: " + request);
            }
          });
    }
  }

  /// The end of the log is gone: only these were written.
  void rewind(List<Decision> left) {
    done.clear();
    latest = Instant.EPOCH;
    left.forEach(this::written);
  }

  void stepped() {
    expected.removeIf(it -> {
      if (it.reply.isPending()) {
        return false;
      }
      check(it);
      return true;
    });
  }

  private void check(Expected it) {
    Reply reply = it.reply;
    boolean durable = reply.seq() <= ledger.lastSeq();
    switch (reply.outcome()) {
      case DONE, DONE_BEFORE -> {
        if (!durable) {
          throw new OracleFailed("Z11", "acknowledged and not on the disk: " + reply.seq());
        }
        it.call.request.ifPresent(request -> isOnTheDisk(request, reply));
      }
      case REFUSED -> {
        if (!durable) {
          throw new OracleFailed("Z11", "refused for what is not on the disk: " + reply.code());
        }
      }
      case PENDING, NOTHING, NO_ANSWER -> {}
    }
  }

  private void isOnTheDisk(Request request, Reply reply) {
    Done carriedOut = done.get(key(request));
    if (carriedOut == null
        || !carriedOut.payload.equals(request.payloadHash())
        || carriedOut.lastSeq != reply.seq()) {
      throw new OracleFailed("Z11", "acknowledged " + request + ", and the disk has " + carriedOut);
    }
  }

  /// Nobody waits for an answer any more.
  void cameToRest() {
    stepped();
    if (!expected.isEmpty()) {
      throw new OracleFailed("Z1", "never answered: " + expected.getFirst().call.actor);
    }
  }

  private static String key(Request request) {
    return request.actor() + " " + request.method() + " " + request.id();
  }
}
