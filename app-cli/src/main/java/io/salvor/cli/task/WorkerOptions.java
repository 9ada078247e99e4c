package io.salvor.cli.task;

import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.v1.Agent;

/// Who is to work on a task from now on.
final class WorkerOptions {
  private final Word<String> agent;
  private final Word<String> model;

  WorkerOptions(Words words) {
    agent = words.option("--agent", "NAME", "another agent, from now on");
    model = words.option("--model", "NAME", "another model, from now on");
  }

  /// What was said, as a message.
  Agent message() {
    return Agent.newBuilder().setName(agent.or("")).setModel(model.or("")).build();
  }
}
