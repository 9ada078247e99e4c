package io.salvor.domain.engine;

import io.salvor.domain.engine.DecisionInMaking.Told;
import io.salvor.domain.instance.Instance;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.EndingRepeated;
import io.salvor.domain.provider.Breaker;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.domain.provider.ProviderNews;
import io.salvor.domain.provider.Trouble;
import io.salvor.domain.spending.Spent;
import io.salvor.domain.task.Ending.Reason;
import io.salvor.domain.task.Task;
import io.salvor.domain.task.TaskFact;
import java.util.Optional;

/// What the whole instance learns from what happens to one task: how its provider stands, and which
/// endings come again and again.
final class Lessons {
  private Lessons() {}

  /// How the provider stands after this.
  static Optional<InstanceFact> ofProvider(Breaker breaker, Instance instance, Told told) {
    if (told.fact().fact() instanceof TaskFact.Claimed(var attempt, _)) {
      return Optional.of(told.after())
          .filter(_ -> breaker.holds())
          .flatMap(task -> underTrial(instance, task))
          .map(it -> new InstanceFact.ProviderNoted(new ProviderFact.Tried(it, attempt)));
    }
    return ProviderNews.by(told.after(), told.fact())
        .flatMap(news -> breaker.after(instance.trouble(news.provider()), news))
        .map(InstanceFact.ProviderNoted::new);
  }

  /// The provider of a task that was let begin though it is held: the task shows how it stands.
  private static Optional<Provider> underTrial(Instance instance, Task task) {
    Provider provider = Provider.of(task.spec().agent());
    return instance.trouble(provider).flatMap(Trouble::holding).map(_ -> provider);
  }

  /// That an attempt ended as others did that day.
  static Optional<InstanceFact> ofEnding(Instance instance, Told told) {
    if (!(told.fact().fact() instanceof TaskFact.AttemptEnded ended)
        || wished(ended.ending().reason())) {
      return Optional.empty();
    }
    String agent = told.after().attempts().getLast().agent();
    Reason reason = ended.ending().reason();
    long day = Spent.day(told.fact().at());
    int before =
        instance.endings().stream()
            .filter(it -> it.agent().equals(agent) && it.reason() == reason && it.day() == day)
            .mapToInt(EndingRepeated::times)
            .findFirst()
            .orElse(0);
    return before >= EndingRepeated.MANY
        ? Optional.empty()
        : Optional.of(new EndingRepeated(agent, reason, day, before + 1));
  }

  private static boolean wished(Reason reason) {
    return switch (reason) {
      case SUCCESS, CANCELLED, FROZEN, INPUT_REQUIRED -> true;
      default -> false;
    };
  }
}
