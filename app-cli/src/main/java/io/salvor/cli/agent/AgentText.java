package io.salvor.cli.agent;

import io.salvor.cli.text.Clean;
import io.salvor.cli.text.Table;
import io.salvor.v1.AgentLack;
import io.salvor.v1.NamedAgent;
import java.util.List;
import java.util.Locale;

/// Agents as a person reads them.
final class AgentText {
  private AgentText() {}

  /// One line for each; a star stands before the one that is taken by default.
  static String list(List<NamedAgent> agents) {
    Table table = new Table("");
    for (NamedAgent agent : agents) {
      table.row(
          (agent.getTakenByDefault() ? "* " : "  ") + agent.getName(),
          lower(agent.getProtocol()),
          lower(agent.getProfile()),
          agent.getModel().isEmpty() ? "its own model" : Clean.line(agent.getModel(), 60),
          place(agent));
    }
    return table.toString();
  }

  private static String place(NamedAgent agent) {
    if (!agent.getProgram().isEmpty()) {
      return Clean.line(agent.getProgram());
    }
    return agent.getCommandCount() == 0 ? "named by the task, after --" : "not installed";
  }

  /// What was found of each, and below it what it lacks.
  static String check(List<NamedAgent> agents) {
    var text = new StringBuilder();
    for (NamedAgent agent : agents) {
      text.append(runs(agent) ? "ok       " : "lacking  ").append(agent.getName());
      if (!agent.getVersion().isEmpty()) {
        text.append(' ').append(Clean.line(agent.getVersion(), 60));
        text.append(agent.getVersionSeen() ? "" : " (not a version that salvor was tried with: ");
        text.append(
            agent.getVersionSeen() ? "" : String.join(", ", agent.getSeenVersionsList()) + ")");
      }
      text.append(agent.getProgram().isEmpty() ? "" : "  " + Clean.line(agent.getProgram()));
      text.append('\n');
      agent.getLacksList().forEach(lack -> text.append(lack(lack)));
    }
    return text.toString();
  }

  private static String lack(AgentLack lack) {
    String what = "         " + Clean.line(lack.getWhat()) + "\n";
    return lack.getCommand().isEmpty()
        ? what
        : what + "           try: " + Clean.line(lack.getCommand()) + "\n";
  }

  /// Whether it should run.
  static boolean runs(NamedAgent agent) {
    return agent.getLacksCount() == 0;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
