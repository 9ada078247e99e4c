package io.salvor.server.config;

import io.salvor.domain.admission.AdmissionPolicy;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.provider.Breaker;
import io.salvor.domain.task.Recovery;
import io.salvor.process.AgentExtras;
import io.salvor.process.protocol.PriceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// What `config.toml` in the home says; what it leaves out is as the documentation says.
///
/// @param admission how many attempts may be open, and what may be used until no more begin
/// @param memory where the bands of memory meet
/// @param listen `HOST:PORT` of gRPC over TCP; port 0 means any free one
/// @param http `HOST:PORT` of health over HTTP
/// @param limits of tasks that bring none of their own
/// @param recovery what follows by itself when an attempt does not succeed
/// @param breaker when a provider is let rest that fails attempts
/// @param passEnvironment names of variables that agents get besides those that they always get
/// @param agents those that are known by name
/// @param extras what is set for single agents beside their recipe, by their names
/// @param projects by the absolute path of their root
/// @param backup where backups lie, how often they are made, and which are kept
/// @param notices of what people are told, and how
/// @param upkeep how the store is looked after, what of the agents' output is kept, and the disk
public record ServerConfig(
    AdmissionPolicy admission,
    MemoryBand.Limits memory,
    String listen,
    String http,
    Limits limits,
    Recovery recovery,
    Breaker breaker,
    List<String> passEnvironment,
    AgentBook agents,
    Map<String, AgentExtras> extras,
    Map<String, ProjectSettings> projects,
    BackupSettings backup,
    NoticeSettings notices,
    UpkeepSettings upkeep) {

  /// As it is without a file.
  public static final ServerConfig DEFAULT =
      new ServerConfig(
          new AdmissionPolicy(4),
          MemoryBand.Limits.DEFAULT,
          "127.0.0.1:9100",
          "127.0.0.1:9180",
          Limits.DEFAULT,
          Recovery.DEFAULT,
          Breaker.DEFAULT,
          List.of(),
          AgentBook.BUILT_IN,
          Map.of(),
          Map.of(),
          BackupSettings.DEFAULT,
          NoticeSettings.DEFAULT,
          UpkeepSettings.DEFAULT);

  private static final List<String> KEYS =
      List.of(
          "agent",
          "max_concurrent",
          "listen",
          "http",
          "limits",
          "recovery",
          "breaker",
          "memory",
          "environment",
          "prices",
          "agents",
          "projects",
          "backup",
          "notices",
          "upkeep");

  private static final List<String> LIMIT_KEYS =
      Stream.concat(LimitSettings.KEYS.stream(), QuotaSettings.DAY_KEYS.stream()).toList();

  private static final List<String> PROJECT_KEYS =
      QuotaSettings.withSlots(
          Stream.concat(ProjectSettings.KEYS.stream(), Stream.of("limits")).toList());

  private static final TomlMapper TOML =
      TomlMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /// Attempts that may be open at once.
  public int maxConcurrent() {
    return admission.maxConcurrent();
  }

  /// What is set for an agent beside its recipe.
  public AgentExtras extras(String agent) {
    return extras.getOrDefault(agent, AgentExtras.NONE);
  }

  /// The variables that are set for agents, of each agent: secrets may stand among them.
  public List<Map<String, String>> agentVariables() {
    return extras.values().stream().map(AgentExtras::variables).toList();
  }

  /// The same, listening elsewhere where asked to.
  public ServerConfig listening(Optional<String> otherListen, Optional<String> otherHttp) {
    return new ServerConfig(
        admission,
        memory,
        otherListen.orElse(listen),
        otherHttp.orElse(http),
        limits,
        recovery,
        breaker,
        passEnvironment,
        agents,
        extras,
        projects,
        backup,
        notices,
        upkeep);
  }

  /// Reads the file, if there is one.
  ///
  /// @throws BadConfig where it says something that cannot be meant
  public static ServerConfig read(Path file) {
    if (!Files.exists(file)) {
      return DEFAULT;
    }
    try {
      return of(TOML.readTree(Files.readString(file)), file.resolveSibling(Home.SECRETS));
    } catch (JacksonException e) {
      throw new BadConfig(file + ": " + e.getOriginalMessage() + place(e.getLocation()));
    } catch (IOException | IllegalArgumentException e) {
      throw new BadConfig(file + ": " + e.getMessage());
    }
  }

  /// On the same line as the message: a command that starts a server repeats one line of it.
  private static String place(@Nullable TokenStreamLocation at) {
    return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }

  private static ServerConfig of(JsonNode toml, Path secrets) {
    Settings file = Settings.file(toml, KEYS);
    Map<String, AgentSettings> agents = AgentSettings.of(file);
    Settings limits = file.table("limits", LIMIT_KEYS);
    SortedMap<String, Settings> projects = projectTables(file);
    return new ServerConfig(
        QuotaSettings.policy(file, limits, AgentSettings.tables(file), projects),
        memory(file.table("memory", List.of("healthy", "critical"))),
        file.address("listen").orElse(DEFAULT.listen()),
        file.address("http").orElse(DEFAULT.http()),
        LimitSettings.of(limits).over(Limits.DEFAULT),
        RecoverySettings.of(file.table("recovery", RecoverySettings.KEYS)).over(Recovery.DEFAULT),
        BreakerSettings.of(file.table("breaker", BreakerSettings.KEYS)),
        file.table("environment", List.of("pass")).texts("pass"),
        new AgentBook(agents, file.text("agent")),
        extras(file, agents),
        projects(projects),
        BackupSettings.of(file.table("backup", BackupSettings.KEYS), secrets),
        NoticeSettings.of(file.table("notices", NoticeSettings.KEYS)),
        UpkeepSettings.of(file.table("upkeep", UpkeepSettings.KEYS)));
  }

  /// For every agent that is known: prices that hold for all are set for each.
  private static Map<String, AgentExtras> extras(Settings file, Map<String, AgentSettings> agents) {
    PriceList usual = PriceList.listed().with(PriceSettings.of(file));
    var extras = new TreeMap<String, AgentExtras>();
    for (String name : AgentBook.BUILT_IN.names()) {
      extras.put(name, new AgentExtras(Map.of(), List.of(), usual));
    }
    agents.forEach((name, own) -> extras.put(name, own.extras(usual)));
    return extras;
  }

  private static MemoryBand.Limits memory(Settings table) {
    long healthy = table.bytes("healthy").orElse(DEFAULT.memory().healthyFromBytes());
    long critical =
        table.bytes("critical").orElse(Math.min(healthy, DEFAULT.memory().criticalBelowBytes()));
    if (critical > healthy) {
      throw table.bad("critical", "no more than memory.healthy");
    }
    return new MemoryBand.Limits(healthy, critical);
  }

  private static Map<String, ProjectSettings> projects(SortedMap<String, Settings> tables) {
    var projects = new TreeMap<String, ProjectSettings>();
    tables.forEach((root, project) -> projects.put(root, ProjectSettings.of(project)));
    return projects;
  }

  private static SortedMap<String, Settings> projectTables(Settings file) {
    var tables = new TreeMap<>(file.tables("projects", PROJECT_KEYS));
    for (String root : tables.keySet()) {
      if (!root.startsWith("/")) {
        throw new IllegalArgumentException(
            "projects.\"" + root + "\" must be named by the absolute path of its root");
      }
    }
    return tables;
  }

  /// A configuration that cannot be meant; the message names file, setting and what would do.
  public static final class BadConfig extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadConfig(String message) {
      super(message);
    }
  }
}
