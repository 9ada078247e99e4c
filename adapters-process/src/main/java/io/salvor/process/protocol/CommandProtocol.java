package io.salvor.process.protocol;

import io.salvor.domain.agent.LaunchOrder;
import io.salvor.process.text.Excerpts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Any program, run as it was given. It may speak the JSON lines of `docs/command-agent.md`.
final class CommandProtocol implements AgentProtocol {
  private final Excerpts excerpts;

  CommandProtocol(Excerpts excerpts) {
    this.excerpts = excerpts;
  }

  @Override
  public List<String> command(LaunchOrder order) {
    return order.agent().command();
  }

  @Override
  public Map<String, String> environment(LaunchOrder order) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("SALVOR_PROFILE", order.agent().profile().name().toLowerCase(Locale.ROOT));
    order.agent().model().ifPresent(model -> environment.put("SALVOR_MODEL", model));
    order.session().ifPresent(session -> environment.put("SALVOR_SESSION", session));
    return environment;
  }

  @Override
  public boolean needs(String name, Map<String, String> available) {
    return false;
  }

  @Override
  public String endpoint(Map<String, String> passed) {
    return "";
  }

  @Override
  public boolean exitsWith(int status) {
    return status <= 125;
  }

  @Override
  public LineReader reader(Listening listening) {
    return new CommandReader(excerpts);
  }
}
