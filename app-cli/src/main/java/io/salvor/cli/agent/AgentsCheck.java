package io.salvor.cli.agent;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Word;
import io.salvor.v1.AgentServiceGrpc;
import io.salvor.v1.CheckAgentsRequest;
import io.salvor.v1.CheckAgentsResponse;
import io.salvor.v1.NamedAgent;
import java.util.List;

/// Says which agents can run, and what the others lack.
public final class AgentsCheck extends SalvorCommand {
  private final Word<List<String>> names =
      words.rest("NAME", "agents to check (default: all); fails if one of them cannot run");

  public AgentsCheck(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    List<String> asked = names.or(List.of());
    CheckAgentsResponse all =
        context()
            .api()
            .call(
                AgentServiceGrpc.getCheckAgentsMethod(),
                CheckAgentsRequest.newBuilder().addAllNames(asked).build());
    var results = new Results(context());
    if (context().output() == Output.JSONL) {
      all.getAgentsList().forEach(agent -> results.showNext(agent, () -> ""));
    } else {
      results.show(all, () -> AgentText.check(all.getAgentsList()));
    }
    return enough(all.getAgentsList(), !asked.isEmpty()) ? ExitCode.OK : ExitCode.FAILURE;
  }

  /// All that were named, or else at least one.
  private static boolean enough(List<NamedAgent> agents, boolean named) {
    return named
        ? agents.stream().allMatch(AgentText::runs)
        : agents.stream().anyMatch(AgentText::runs);
  }
}
