package io.salvor.server.grpc;

import io.grpc.BindableService;
import io.salvor.domain.agent.AgentPrograms;
import io.salvor.process.text.Redactor;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.EngineLoop;
import io.salvor.server.engine.World;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.server.limits.Unenforced;
import io.salvor.sqlite.SqliteStore;
import java.util.List;

/// All services of `salvor.v1`, made of what the server has.
public final class Api {
  private final TaskLookup lookup;
  private final Changes changes;
  private final StoreReads store;
  private final List<BindableService> services;

  /// @param serving the store and the engine in front of it
  /// @param world what the engine acts on
  /// @param programs the agents' programs
  public Api(
      Serving serving,
      World world,
      AgentPrograms programs,
      Home home,
      ServerConfig config,
      Instance instance) {
    SqliteStore sqlite = serving.store();
    this.lookup = new TaskLookup(sqlite.tasks());
    this.changes = serving.changes();
    this.store = new StoreReads(sqlite);
    Redactor redactor = Redactor.of(System.getenv(), config.agentVariables());
    var records = new RecordReader(sqlite.records(), lookup);
    var commands = new Commands(serving.engine(), sqlite.log(), serving.clock(), lookup);
    var projects = new SettingsOfProjects(world.workspaces(), config, serving.engine());
    var sentences =
        new Sentences(
            task -> serving.engine().admission().hold(task, serving.clock().now().wall()),
            lookup::find);
    var messages = new TaskMessages(sentences, new Unenforced(config), world.processes()::window);
    var tail = new OutputTail(home.attempts(), redactor);
    var reading =
        new TaskCalls.TaskReading(
            new TaskLists(lookup, sqlite.tasks(), world.documents(), serving.clock(), messages),
            new TaskWatch(lookup, records, changes, messages),
            new Diagnoses(records, world, tail, sentences, messages),
            new Diffs(world),
            messages);
    var output = new OutputStreaming(lookup, home.attempts(), redactor, changes);
    var agents = new TaskAgents(config, programs);
    this.services =
        List.of(
            new TaskCalls(commands, lookup, new NewTask(projects, config, agents), world, reading),
            new RecordCalls(
                records,
                new RecordMessages(lookup),
                changes,
                output,
                new ForcedByPeople(sqlite.interventions(), lookup)),
            new ObservationCalls(
                records,
                lookup,
                sqlite,
                serving.clock(),
                new EventStream(new EventFeed(sqlite.records(), lookup), changes, lookup)),
            new WorkspaceCalls(world, programs, lookup, commands),
            new AgentCalls(config.agents(), programs, agents),
            new ProjectCalls(projects, commands),
            new InstanceCalls(
                instance,
                serving.engine(),
                serving.clock(),
                store,
                new MemoryMessages(serving.memory()),
                new Freezing(commands, serving.engine(), messages)));
  }

  /// What services stand on.
  public record Serving(
      SqliteStore store, EngineLoop engine, Clock clock, Changes changes, MemoryWatch memory) {}

  /// To be added to a server.
  public List<BindableService> services() {
    return services;
  }
}
