package io.salvor.domain.engine;

import io.salvor.domain.access.Actor;
import io.salvor.domain.journal.RecordLog.Seen;
import io.salvor.domain.journal.Request;
import io.salvor.domain.task.Refusal;
import java.util.LinkedHashMap;
import java.util.Optional;

/// Requests that were carried out, so that none is carried out twice: those of this server are
/// remembered here, older ones are found in the store. Used by one thread.
final class Requests {
  private static final int REMEMBERED = 100_000;

  private final LinkedHashMap<Key, Seen> carriedOut = new LinkedHashMap<>();

  /// What makes two calls the same.
  private record Key(Actor actor, String method, String id) {
    static Key of(Request request) {
      return new Key(request.actor(), request.method(), request.id());
    }
  }

  /// What a request is answered that was carried out before, or whose id was used for another.
  ///
  /// @param inStore what the store knew of it just before
  /// @param asOf seq of the last decision
  Optional<Answer> before(Optional<Request> request, Optional<Seen> inStore, long asOf) {
    return request.flatMap(it ->
        Optional.ofNullable(carriedOut.get(Key.of(it)))
            .or(() -> inStore)
            .map(seen -> answer(it, seen, asOf)));
  }

  private static Answer answer(Request request, Seen seen, long asOf) {
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
    if (carriedOut.size() > REMEMBERED) {
      carriedOut.pollFirstEntry();
    }
  }

  /// Takes back what was remembered of decisions after `seq`.
  void forgetAfter(long seq) {
    carriedOut.values().removeIf(seen -> seen.seq() > seq);
  }
}
