package io.salvor.server.wiring;

import dagger.Module;
import dagger.Provides;
import io.salvor.domain.agent.AgentProcesses;
import io.salvor.domain.agent.AgentPrograms;
import io.salvor.domain.workspace.WorkspaceCommands;
import io.salvor.domain.workspace.Workspaces;
import io.salvor.git.GitWorkspaces;
import io.salvor.process.AgentEnvironment;
import io.salvor.process.LinuxAgentProcesses;
import io.salvor.process.LinuxAgentPrograms;
import io.salvor.process.LinuxHostMemory;
import io.salvor.process.LinuxWorkspaceCommands;
import io.salvor.server.config.Home;
import io.salvor.server.config.ServerConfig;
import io.salvor.server.engine.Clock;
import io.salvor.server.engine.Documents;
import io.salvor.server.engine.SetupMarks;
import io.salvor.server.engine.World;
import io.salvor.server.limits.MemoryWatch;
import io.salvor.sqlite.SqliteStore;
import jakarta.inject.Singleton;

/// What effects act on: git, processes, files.
@Module
final class WorldModule {
  private WorldModule() {}

  @Provides
  static AgentEnvironment environment(ServerConfig config) {
    return new AgentEnvironment(System.getenv(), config.passEnvironment());
  }

  @Provides
  @Singleton
  static MemoryWatch memory(ServerConfig config) {
    return new MemoryWatch(new LinuxHostMemory(), config.memory());
  }

  @Provides
  @Singleton
  static Workspaces workspaces(SqliteStore store) {
    return new GitWorkspaces("git", store.identity().lineage().toString());
  }

  @Provides
  @Singleton
  static AgentProcesses processes(
      Home home, AgentEnvironment environment, ServerConfig config, Clock clock) {
    return new LinuxAgentProcesses(
        home.root(), environment, config.extras(), clock::now, LinuxAgentProcesses.LONGEST_LINE);
  }

  @Provides
  @Singleton
  static AgentPrograms programs(Home home, AgentEnvironment environment, ServerConfig config) {
    return new LinuxAgentPrograms(home.root(), environment, config.extras());
  }

  /// Before anything is started, what a server that was killed has left running is ended: its git
  /// children and the project's own commands would work beside their successors.
  @Provides
  @Singleton
  static WorkspaceCommands commands(
      Home home,
      SqliteStore store,
      AgentEnvironment environment,
      ServerConfig config,
      Options options) {
    var commands =
        new LinuxWorkspaceCommands(
            home.root(),
            store.identity().lineage().toString(),
            environment,
            config.limits().outputBytes());
    if (options.onlyLook()) {
      return commands;
    }
    try {
      commands.endLeftovers();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
    return commands;
  }

  @Provides
  @Singleton
  static World world(
      SqliteStore store,
      Workspaces workspaces,
      WorkspaceCommands commands,
      AgentProcesses processes,
      Documents documents,
      Home home) {
    return new World(
        store.identity().lineage().toString(),
        workspaces,
        commands,
        processes,
        documents,
        new SetupMarks(home.attempts()));
  }
}
