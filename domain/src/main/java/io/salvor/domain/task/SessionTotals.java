package io.salvor.domain.task;

import io.salvor.domain.agent.Protocol;
import io.salvor.domain.agent.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Takes apart what several attempts in one session have used.
final class SessionTotals {
  private SessionTotals() {}

  /// What each attempt has used by itself: where totals span a session, what it added to the
  /// greatest total that an earlier attempt in that session has told.
  static List<Usage> apart(Protocol protocol, List<Progress> attempts) {
    if (!protocol.totalsSpanSession()) {
      return attempts.stream().map(Progress::usage).toList();
    }
    var own = new ArrayList<Usage>();
    var told = new TreeMap<String, Usage>();
    for (Progress progress : attempts) {
      String session = progress.session().orElse("");
      Usage earlier = told.getOrDefault(session, Usage.NONE);
      own.add(session.isEmpty() ? progress.usage() : progress.usage().since(earlier));
      told.put(session, earlier.max(progress.usage()));
    }
    return own;
  }
}
