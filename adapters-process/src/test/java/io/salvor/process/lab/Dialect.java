package io.salvor.process.lab;

import tools.jackson.databind.JsonNode;

/// How the model of one provider is spoken to, as far as an agent CLI needs it.
interface Dialect {

  /// Whether requests to this path are for a model's answer.
  boolean answers(String path);

  /// How many results of tools a request carries: the number of the turn.
  int turn(JsonNode request);

  /// Whether it may ask for a tool.
  boolean offersTools(JsonNode request);

  /// The answer as a stream of events.
  String stream(int turn, Turn it, JsonNode request);

  /// The body of an answer with an HTTP status that is not 200.
  String failure(int status);
}
