package io.salvor.server.limits;

import io.salvor.domain.instance.Instance;
import io.salvor.domain.provider.Trouble;
import io.salvor.domain.spending.Spent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What people should look after, as the instance's own thread tells it.
public final class Notices {
  private Notices() {}

  /// A sentence for each.
  public static List<String> of(Instance instance, Instant now) {
    var notices = new ArrayList<String>();
    instance
        .troubles()
        .forEach((provider, trouble) ->
            until(trouble, now)
                .ifPresent(until ->
                    notices.add(
                        "attempts wait for a trial of "
                            + ProviderWords.held(provider, trouble)
                            + until)));
    long today = Spent.day(now);
    instance.endings().stream()
        .filter(it -> it.many() && it.day() == today)
        .map(EndingWords::of)
        .forEach(notices::add);
    return notices;
  }

  private static Optional<String> until(Trouble trouble, Instant now) {
    return trouble
        .holding()
        .map(it -> it.lasts(now) ? "; until " + it.until() : "; it may begin, or has begun");
  }
}
