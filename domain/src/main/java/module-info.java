/// The pure core of Salvor: what may happen to a task, decided without I/O, clock, thread or
/// randomness.
///
/// Nothing is required here but nullness annotations, and they only to compile.
module io.salvor.domain {
  requires static transitive org.jspecify;

  exports io.salvor.domain.access;
  exports io.salvor.domain.admission;
  exports io.salvor.domain.agent;
  exports io.salvor.domain.backup;
  exports io.salvor.domain.engine;
  exports io.salvor.domain.event;
  exports io.salvor.domain.host;
  exports io.salvor.domain.id;
  exports io.salvor.domain.instance;
  exports io.salvor.domain.journal;
  exports io.salvor.domain.provider;
  exports io.salvor.domain.spending;
  exports io.salvor.domain.task;
  exports io.salvor.domain.text;
  exports io.salvor.domain.time;
  exports io.salvor.domain.workspace;
}
