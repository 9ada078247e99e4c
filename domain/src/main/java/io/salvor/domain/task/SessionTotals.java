package io.salvor.domain.task;

import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Takes apart what several attempts in one session have used.
final class SessionTotals {
  private SessionTotals() {}

  /// What an attempt has told.
  ///
  /// @param protocol of its agent, which may be another one than that of the attempts beside it
  record Told(Protocol protocol, Progress progress) {
    private Optional<String> session() {
      return protocol.totalsSpanSession() ? progress.session() : Optional.empty();
    }
  }

  /// What each attempt has used by itself: where totals span a session, what it added to the
  /// greatest total that an earlier attempt in that session has told.
  static List<Usage> apart(List<Told> attempts) {
    var own = new ArrayList<Usage>();
    var told = new TreeMap<String, Usage>();
    for (Told it : attempts) {
      Usage total = it.progress().usage();
      Optional<String> session = it.session();
      if (session.isEmpty()) {
        own.add(total);
      } else {
        Usage earlier = told.getOrDefault(session.get(), Usage.NONE);
        own.add(total.since(earlier));
        told.put(session.get(), earlier.highest(total));
      }
    }
    return own;
  }
}
