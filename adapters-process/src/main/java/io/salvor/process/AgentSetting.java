package io.salvor.process;

import io.salvor.domain.agent.Agent;
import io.salvor.process.protocol.AgentProtocol;
import io.salvor.process.protocol.AgentProtocols;
import io.salvor.process.protocol.LineReader;
import io.salvor.process.protocol.Listening;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/// What each agent finds around it: how it is spoken to, its variables, its prices. Immutable.
final class AgentSetting {
  private final AgentProtocols protocols;
  private final AgentEnvironment environment;
  private final Map<String, AgentExtras> extras;

  /// @param extras by the agent's name
  AgentSetting(
      AgentProtocols protocols, AgentEnvironment environment, Map<String, AgentExtras> extras) {
    this.protocols = protocols;
    this.environment = environment;
    this.extras = Map.copyOf(extras);
  }

  AgentProtocol protocol(Agent agent) {
    return protocols.of(agent.protocol());
  }

  /// All variables that it gets, but those that belong to one launch.
  SortedMap<String, String> variables(Agent agent) {
    AgentExtras own = extras(agent);
    AgentProtocol protocol = protocol(agent);
    SortedMap<String, String> variables =
        environment.passing(own.pass()).passed(name -> protocol.needs(name, environment.server()));
    variables.putAll(own.variables());
    return variables;
  }

  /// The server's own variables.
  Map<String, String> server() {
    return environment.server();
  }

  /// Names of the server's variables that it does not get.
  List<String> withheld(Map<String, String> variables) {
    TreeSet<String> withheld = new TreeSet<>(environment.server().keySet());
    withheld.removeAll(variables.keySet());
    return List.copyOf(withheld);
  }

  /// A reader for one attempt's output, to be fed from the first line on.
  LineReader reader(Agent agent) {
    return protocol(agent).reader(new Listening(agent, variables(agent), extras(agent).prices()));
  }

  private AgentExtras extras(Agent agent) {
    return extras.getOrDefault(agent.name(), AgentExtras.NONE);
  }
}
