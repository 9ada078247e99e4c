package io.salvor.server.limits;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.task.Meter;
import io.salvor.domain.task.Task;
import io.salvor.server.config.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which limits of a task cannot be kept with its agent, or only as far as that tells what it uses
/// (Z22). Thread-safe.
public final class Unenforced {
  private final ServerConfig config;

  public Unenforced(ServerConfig config) {
    this.config = config;
  }

  /// A sentence for each.
  public List<String> of(Task task) {
    var words = new ArrayList<String>();
    Agent agent = task.spec().agent();
    Limits limits = task.spec().limits();
    Optional<String> model = task.progress().model().or(agent::model);
    if (limits.cost().isPresent()
        && !agent.protocol().tellsCost()
        && model.filter(it -> !config.extras(agent.name()).prices().knows(it)).isPresent()) {
      words.add(
          "its limit of "
              + "$"
              + limits.cost().get().dollars()
              + " cannot be kept: "
              + agent.name()
              + " tells tokens only, and the model "
              + model.get()
              + " has no price; give it one in config.toml: [prices.\""
              + model.get()
              + "\"]");
    }
    if (!agent.protocol().tellsUse()) {
      limits.turns().ifPresent(turns -> words.add(asFarAsTold(turns + " turns")));
      limits
          .tokens()
          .ifPresent(tokens -> words.add(asFarAsTold(LimitWords.amount(Meter.TOKENS, tokens))));
    }
    return words;
  }

  private static String asFarAsTold(String limit) {
    return "its limit of " + limit + " is kept only as far as its program tells what it uses";
  }
}
