package io.salvor.process;

import io.salvor.domain.agent.LaunchOrder;
import io.salvor.domain.agent.Spawn.LaunchNote;
import io.salvor.process.protocol.AgentProtocol;
import io.salvor.process.text.Redactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What one launch runs, with which environment.
///
/// @param command program and arguments, as given
/// @param environment all variables but the marker, which the shim sets
/// @param withheld names of the server's variables that are not passed on
/// @param endpoint host that the agent will speak to where one is named, else empty
record Launch(
    List<String> command,
    SortedMap<String, String> environment,
    List<String> withheld,
    String endpoint) {
  private static final String NAME = "launch";
  private static final JsonMapper JSON = JsonMapper.shared();

  static Launch of(LaunchOrder order, AgentSetting setting) {
    AgentProtocol protocol = setting.protocol(order.agent());
    SortedMap<String, String> variables = setting.variables(order.agent());
    List<String> withheld = setting.withheld(variables);
    String endpoint = protocol.endpoint(variables);
    variables.putAll(protocol.environment(order));
    variables.put("SALVOR_TASK", order.display().toString());
    return new Launch(protocol.command(order), variables, withheld, endpoint);
  }

  /// The launch with its program found: the first word is what is executed.
  Launch running(String program) {
    List<String> resolved = new ArrayList<>(command);
    resolved.set(0, program);
    return new Launch(List.copyOf(resolved), environment, withheld, endpoint);
  }

  /// Writes the note of this launch.
  ///
  /// @param oomKills the kernel's count before the launch, where it can be read
  void write(Notes notes, Redactor redactor, Optional<OomCount> oomKills) throws IOException {
    ObjectNode note = JSON.createObjectNode();
    ArrayNode words = note.putArray("command");
    command.forEach(word -> words.add(redactor.redact(word)));
    environment.keySet().forEach(note.putArray("environmentPassed")::add);
    note.withArray("environmentPassed").add("SALVOR_ATTEMPT");
    withheld.forEach(note.putArray("environmentWithheld")::add);
    note.put("endpoint", endpoint);
    oomKills.ifPresent(
        it -> note.putObject("oomKills").put("file", it.file()).put("count", it.count()));
    notes.publish(NAME, note.toPrettyString());
  }

  /// The note of the launch, as written before the start.
  static LaunchNote readNote(Notes notes) throws IOException {
    JsonNode note = read(notes);
    return new LaunchNote(
        texts(note.path("command")),
        texts(note.path("environmentPassed")),
        texts(note.path("environmentWithheld")),
        note.path("endpoint").asString(""));
  }

  /// The kernel's count before the launch.
  static Optional<OomCount> readOomKills(Notes notes) throws IOException {
    JsonNode count = read(notes).path("oomKills");
    return count.isObject()
        ? Optional.of(new OomCount(count.path("file").asString(""), count.path("count").asLong(0)))
        : Optional.empty();
  }

  private static JsonNode read(Notes notes) throws IOException {
    try {
      return JSON.readTree(notes.read(NAME).orElse("{}"));
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(it -> texts.add(it.asString("")));
    return texts;
  }
}
