package io.salvor.cli.agent;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.GlobalOptions.Output;
import io.salvor.cli.session.Results;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.v1.AgentServiceGrpc;
import io.salvor.v1.ListAgentsRequest;
import io.salvor.v1.ListAgentsResponse;

/// Lists the agents that tasks can name.
public final class AgentsList extends SalvorCommand {
  public AgentsList(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() {
    ListAgentsResponse all =
        context()
            .api()
            .call(AgentServiceGrpc.getListAgentsMethod(), ListAgentsRequest.getDefaultInstance());
    var results = new Results(context());
    if (context().output() == Output.JSONL) {
      all.getAgentsList().forEach(agent -> results.showNext(agent, () -> ""));
    } else {
      results.show(all, () -> AgentText.list(all.getAgentsList()));
    }
    return ExitCode.OK;
  }
}
