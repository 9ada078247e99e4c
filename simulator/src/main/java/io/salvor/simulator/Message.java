package io.salvor.simulator;

import io.salvor.domain.engine.Input;

/// An input on its way to the engine, and who waits for the reply.
record Message(Input input, Reply reply) {}
