package io.salvor.cli.task;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.Word;
import io.salvor.cli.session.Words;
import io.salvor.v1.Agent;
import io.salvor.v1.Task;

/// Who is to work on a task from now on.
final class WorkerOptions {
  private final Word<String> agent;
  private final Word<String> model;
  private final AttachOption attach;

  WorkerOptions(Words words) {
    agent = words.option("--agent", "NAME", "another agent, from now on");
    model = words.option("--model", "NAME", "another model, from now on");
    attach = new AttachOption(words);
  }

  /// What was said, as a message.
  Agent message() {
    var message = Agent.newBuilder().setName(agent.or("")).setModel(model.or(""));
    attach.said().ifPresent(message::setLauncher);
    return message.build();
  }

  /// Tells what to know of them when they have been taken.
  Task mind(Context context, Task task) {
    attach.mind(context, task);
    return task;
  }
}
