package io.salvor.domain.engine;

import io.salvor.domain.access.Actor;
import io.salvor.domain.journal.RecordLog.Seen;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Refusal;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Requests that were carried out, so that none is carried out twice. Older ones are found in the
/// store, which is asked before a wish is offered; only what was decided since then must be
/// remembered here. Used by one thread.
final class Requests {
  private final LinkedHashMap<Key, Seen> carriedOut = new LinkedHashMap<>();
  private final int most;
  private long forgottenUpTo;

  /// What makes two calls the same.
  private record Key(Actor actor, String method, String id) {
    static Key of(Request request) {
      return new Key(request.actor(), request.method(), request.id());
    }
  }

  /// @param most how many are remembered
  Requests(int most) {
    this.most = most;
  }

  /// What a request is answered that was carried out before, whose id was used for another, or of
  /// which neither can be told any more.
  ///
  /// @param asOf seq of the last decision
  Optional<Answer> before(Once once, long asOf) {
    Optional<Seen> seen =
        Optional.ofNullable(carriedOut.get(Key.of(once.request()))).or(once::seen);
    return seen.map(it -> answer(it, once.request(), asOf))
        .or(() ->
            once.asOf() < forgottenUpTo ? Optional.of(new Answer.Outdated()) : Optional.empty());
  }

  private static Answer answer(Seen seen, Request request, long asOf) {
    return seen.payloadHash().equals(request.payloadHash())
        ? new Answer.Repeated(seen.task(), seen.seq())
        : new Answer.Refused(
            new Refusal(
                Refusal.Code.REQUEST_ID_REUSED,
                "request_id " + request.id() + " was used for another " + request.method(),
                "use a new request_id for a new request"),
            asOf);
  }

  void remember(Request request, Seen seen) {
    carriedOut.put(Key.of(request), seen);
    if (carriedOut.size() > most) {
      forgottenUpTo = Math.max(forgottenUpTo, carriedOut.pollFirstEntry().getValue().seq());
    }
  }

  /// Takes back what was remembered of decisions after `seq`.
  void forgetAfter(long seq) {
    carriedOut.values().removeIf(seen -> seen.seq() > seq);
  }
}
