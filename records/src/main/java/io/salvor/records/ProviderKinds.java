package io.salvor.records;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.salvor.domain.instance.InstanceFact;
import io.salvor.domain.instance.InstanceFact.ProviderNoted;
import io.salvor.domain.provider.Provider;
import io.salvor.domain.provider.ProviderFact;
import io.salvor.record.v1.ProviderFailed;
import io.salvor.record.v1.ProviderServed;
import io.salvor.record.v1.ProviderTried;
import io.salvor.record.v1.ProviderUntold;
import java.util.Optional;
import java.util.function.Function;

/// Records about how providers stand.
final class ProviderKinds {
  static final Kind.Current<InstanceFact, ?, ?> FAILED =
      kind(
          "failed",
          ProviderFact.Failed.class,
          ProviderKinds::failed,
          ProviderFailed.parser(),
          ProviderKinds::failed);

  static final Kind.Current<InstanceFact, ?, ?> TRIED =
      kind(
          "tried",
          ProviderFact.Tried.class,
          fact ->
              ProviderTried.newBuilder()
                  .setProvider(provider(fact.provider()))
                  .setAttempt(Scalars.attempt(fact.attempt()))
                  .build(),
          ProviderTried.parser(),
          stored ->
              new ProviderFact.Tried(
                  provider(stored.getProvider()), Scalars.attempt(stored.getAttempt())));

  static final Kind.Current<InstanceFact, ?, ?> UNTOLD =
      kind(
          "untold",
          ProviderFact.Untold.class,
          fact -> ProviderUntold.newBuilder().setProvider(provider(fact.provider())).build(),
          ProviderUntold.parser(),
          stored -> new ProviderFact.Untold(provider(stored.getProvider())));

  static final Kind.Current<InstanceFact, ?, ?> SERVED =
      kind(
          "served",
          ProviderFact.Served.class,
          fact -> ProviderServed.newBuilder().setProvider(provider(fact.provider())).build(),
          ProviderServed.parser(),
          stored -> new ProviderFact.Served(provider(stored.getProvider())));

  private ProviderKinds() {}

  /// How a fact is written.
  static Kind.Current<InstanceFact, ?, ?> of(ProviderFact fact) {
    return switch (fact) {
      case ProviderFact.Failed _ -> FAILED;
      case ProviderFact.Tried _ -> TRIED;
      case ProviderFact.Untold _ -> UNTOLD;
      case ProviderFact.Served _ -> SERVED;
    };
  }

  private static <N extends ProviderFact, M extends Message> Kind.Current<InstanceFact, ?, ?> kind(
      String name,
      Class<N> type,
      Function<N, M> toMessage,
      Parser<M> parser,
      Function<M, N> fromMessage) {
    return new Kind.Current<InstanceFact, ProviderNoted, M>(
        "salvor.provider." + name + ".v1",
        ProviderNoted.class,
        fact -> toMessage.apply(type.cast(fact.news())),
        parser,
        stored -> new ProviderNoted(fromMessage.apply(stored)));
  }

  private static ProviderFailed failed(ProviderFact.Failed fact) {
    var stored =
        ProviderFailed.newBuilder()
            .setProvider(provider(fact.provider()))
            .setAttempt(Scalars.attempt(fact.attempt()))
            .setReason(RunValues.REASON.stored(fact.reason()));
    fact.hold()
        .ifPresent(it -> stored.setHoldUntil(Scalars.time(it.until())).setHoldTimes(it.times()));
    return stored.build();
  }

  private static ProviderFact.Failed failed(ProviderFailed stored) {
    return new ProviderFact.Failed(
        provider(stored.getProvider()),
        Scalars.attempt(stored.getAttempt()),
        RunValues.REASON.ours(stored.getReason()),
        stored.hasHoldUntil()
            ? Optional.of(
                new ProviderFact.Hold(Scalars.time(stored.getHoldUntil()), stored.getHoldTimes()))
            : Optional.empty());
  }

  private static io.salvor.record.v1.Provider provider(Provider provider) {
    var stored = io.salvor.record.v1.Provider.newBuilder().setAgent(provider.agent());
    provider.model().ifPresent(stored::setModel);
    return stored.build();
  }

  private static Provider provider(io.salvor.record.v1.Provider stored) {
    return new Provider(
        stored.getAgent(), stored.hasModel() ? Optional.of(stored.getModel()) : Optional.empty());
  }
}
