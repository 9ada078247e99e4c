package io.salvor.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.salvor.domain.admission.AdmissionPolicy;
import io.salvor.domain.admission.Allowance;
import io.salvor.domain.admission.Quota;
import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Limits;
import io.salvor.domain.agent.MicroUsd;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.domain.backup.Retention;
import io.salvor.domain.event.Severity;
import io.salvor.domain.host.MemoryBand;
import io.salvor.domain.provider.Breaker;
import io.salvor.domain.task.Backoff;
import io.salvor.offhost.RemoteAddress;
import io.salvor.offhost.Secret;
import io.salvor.server.config.AgentBook.Recipe;
import io.salvor.server.config.ServerConfig.BadConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `config.toml` may say (Z30), and what becomes of what it may not.
final class ServerConfigTest {
  @TempDir private Path directory;

  @Test
  void without_a_file_everything_is_as_documented() {
    ServerConfig config = ServerConfig.read(directory.resolve("config.toml"));
    assertThat(config).isEqualTo(ServerConfig.DEFAULT);
    assertThat(config.agents().names()).contains("claude", "codex", "command");
    assertThat(config.agents().chosen()).isEmpty();
  }

  @Test
  void backups_lie_come_and_stay_as_the_file_says() throws IOException {
    BackupSettings backup =
        read("[backup]\ndir = \"/b\"\nevery = \"10m\"\nkeep_daily = 3\n").backup();
    assertThat(backup.directory()).contains("/b");
    assertThat(backup.every()).contains(Duration.ofMinutes(10));
    assertThat(backup.segments()).contains(Duration.ofMinutes(1));
    assertThat(backup.retention()).isEqualTo(new Retention(24, 3, 8));
    assertThat(read("[backup]\nevery = \"off\"\n").backup().every()).isEmpty();
    assertThat(read("[backup]\nsegments = \"off\"\n").backup().segments()).isEmpty();
    assertThat(read("[backup]\nsegments = \"5s\"\n").backup().segments())
        .contains(Duration.ofSeconds(5));
  }

  @Test
  void places_elsewhere_are_read_and_names_of_secrets_lie_in_the_home() throws IOException {
    BackupSettings backup =
        read("""
        [backup]
        passphrase_file = "phrase"
        [backup.targets.disk]
        type = "directory"
        path = "/mnt/b"
        [backup.targets.bucket]
        type = "s3"
        bucket = "b"
        prefix = "/laptop/"
        access_key_env = "KEY"
        secret_key_file = "s3.secret"
        [backup.targets.nas]
        type = "sftp"
        host = "nas"
        user = "ann"
        key_file = "nas.key"
        known_hosts = "/h"
        path = "/b"
        """)
            .backup();
    var secrets = directory.resolve("secrets");
    assertThat(backup.passphrase()).contains(new Secret.File(secrets.resolve("phrase")));
    assertThat(backup.targets())
        .containsEntry("disk", new RemoteAddress.Directory(Path.of("/mnt/b")))
        .containsEntry(
            "bucket",
            new RemoteAddress.S3(
                Optional.empty(),
                "b",
                "laptop",
                "us-east-1",
                new Secret.Variable("KEY"),
                new Secret.File(secrets.resolve("s3.secret"))))
        .containsEntry(
            "nas",
            new RemoteAddress.Sftp(
                "nas", 22, "ann", secrets.resolve("nas.key"), Path.of("/h"), "/b"));
    for (String wrong :
        List.of(
            "path = \"/b\"",
            "type = \"ftp\"",
            "type = \"directory\"",
            "type = \"directory\"\npath = \"b\"",
            "type = \"s3\"",
            "type = \"sftp\"\nhost = \"h\"")) {
      assertThatThrownBy(() -> read("[backup.targets.x]\n" + wrong))
          .as(wrong)
          .isInstanceOf(ServerConfig.BadConfig.class)
          .hasMessageContaining("backup.targets.x.");
    }
  }

  @Test
  void waits_and_what_lets_a_provider_rest_are_as_the_file_says_Z30() throws IOException {
    ServerConfig config =
        read(
            """
            [recovery]
            spiral = 12
            retry_wait = "2s"
            retry_wait_most = "1h"

            [breaker]
            failures = 0
            window = "1m"
            cool_down = "5s"
            cool_down_most = "50s"

            [agents.claude]
            model = "opus"
            fallback_model = "sonnet"
            """);
    assertThat(config.recovery().spiral()).isEqualTo(12);
    assertThat(config.recovery().waits())
        .isEqualTo(new Backoff(Duration.ofSeconds(2), Duration.ofHours(1)));
    assertThat(config.breaker())
        .isEqualTo(
            new Breaker(0, Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofSeconds(50)));
    assertThat(recipe(config, "claude").agent().flatMap(Agent::fallbackModel)).contains("sonnet");
  }

  @Test
  void an_agent_is_built_in_for_each_protocol_and_runs_the_program_of_that_name() {
    assertThat(recipe(ServerConfig.DEFAULT, "codex").agent())
        .contains(
            new Agent(
                "codex",
                Protocol.CODEX,
                PermissionProfile.EDIT,
                List.of("codex"),
                Optional.empty()));
    assertThat(recipe(ServerConfig.DEFAULT, "command").agent()).isEmpty();
  }

  @Test
  void an_agent_of_the_configuration_is_made_of_its_table() throws IOException {
    ServerConfig config =
        read(
            """
            agent = "quick"

            [agents.quick]
            protocol = "codex"
            command = ["/opt/codex", "--enable", "x"]
            profile = "read"
            model = "gpt-6-luna"
            environment = { CODEX_HOME = "/srv/codex" }
            pass = ["MY_KEY"]

            [agents.quick.limits]
            usd = "0.50"
            turns = 20
            silence = "90s"

            [agents.quick.prices."gpt-6-luna"]
            input = 0.2
            output = "1"
            cache_read = "0.02"
            """);
    Recipe quick = recipe(config, "quick");
    assertThat(quick.agent())
        .contains(
            new Agent(
                "quick",
                Protocol.CODEX,
                PermissionProfile.READ,
                List.of("/opt/codex", "--enable", "x"),
                Optional.of("gpt-6-luna")));
    assertThat(quick.configured()).isTrue();
    assertThat(config.agents().chosen()).contains("quick");
    Limits limits = quick.limits(Limits.DEFAULT);
    assertThat(limits.cost()).contains(new MicroUsd(500_000));
    assertThat(limits.turns()).isEqualTo(OptionalInt.of(20));
    assertThat(limits.silence()).isEqualTo(Duration.ofSeconds(90));
    assertThat(limits.deadline()).isEqualTo(Limits.DEFAULT.deadline());
    assertThat(config.extras("quick").variables()).isEqualTo(Map.of("CODEX_HOME", "/srv/codex"));
    assertThat(config.extras("quick").pass()).containsExactly("MY_KEY");
  }

  @Test
  void an_agent_that_speaks_late_has_more_time_to_its_first_output_Z8() throws IOException {
    Duration late = Duration.ofMinutes(10);
    assertThat(recipe(ServerConfig.DEFAULT, "opencode").limits(Limits.DEFAULT).firstEvent())
        .isEqualTo(late);
    assertThat(recipe(ServerConfig.DEFAULT, "gemini").limits(Limits.DEFAULT).firstEvent())
        .isEqualTo(Limits.DEFAULT.firstEvent());
    assertThat(
            recipe(read("[agents.opencode]\nmodel = \"a/b\"\n"), "opencode")
                .limits(Limits.DEFAULT)
                .firstEvent())
        .isEqualTo(late);
    assertThat(
            recipe(read("[agents.opencode.limits]\nfirst_event = \"1m\"\n"), "opencode")
                .limits(Limits.DEFAULT)
                .firstEvent())
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void a_table_for_a_built_in_agent_changes_only_what_it_says() throws IOException {
    ServerConfig config = read("[agents.claude]\nmodel = \"claude-haiku-4\"\n");
    Recipe claude = recipe(config, "claude");
    assertThat(claude.command()).containsExactly("claude");
    assertThat(claude.model()).contains("claude-haiku-4");
    assertThat(claude.profile()).isEqualTo(PermissionProfile.EDIT);
  }

  @Test
  void prices_hold_for_all_agents_and_an_agent_s_own_come_first() throws IOException {
    ServerConfig config =
        read(
            """
            [prices."new-model"]
            input = "1"
            output = "2"

            [agents.codex.prices."*"]
            input = "3"
            output = "4"
            """);
    assertThat(config.extras("claude").prices().knows("new-model-2")).isTrue();
    assertThat(config.extras("claude").prices().knows("other")).isFalse();
    assertThat(config.extras("codex").prices().knows("other")).isTrue();
  }

  @Test
  void limits_of_the_file_hold_for_all() throws IOException {
    Limits limits = read("[limits]\nusd = \"2.50\"\ntokens = 1000\nturns = 3\n").limits();
    assertThat(limits.cost()).contains(new MicroUsd(2_500_000));
    assertThat(limits.tokens()).hasValue(1000);
    assertThat(limits.turns()).hasValue(3);
  }

  /// A file, and words of the complaint about it.
  record Bad(String toml, List<String> complaint) {
    static Bad of(String toml, String... complaint) {
      return new Bad(toml, List.of(complaint));
    }
  }

  static List<Bad> bad() {
    return List.of(
        Bad.of("modle = 1", "unknown setting modle", "there are agent, max_concurrent"),
        Bad.of("[limits]\nbudget = 1", "unknown setting limits.budget", "usd"),
        Bad.of("[limits]\nusd = \"nan\"", "limits.usd", "2.50"),
        Bad.of("[limits]\nusd = \"-1\"", "limits.usd", "2.50"),
        Bad.of("[limits]\nusd = 0", "limits.usd", "more than nothing"),
        Bad.of("[limits]\ndeadline = \"soon\"", "limits.deadline", "90s"),
        Bad.of("[limits]\ndeadline = \"0s\"", "limits.deadline"),
        Bad.of("[limits]\ndeadline = \"3651d\"", "limits.deadline", "at most 3650d"),
        Bad.of("[limits]\ndeadline = \"999999999999999999d\"", "limits.deadline", "3650d"),
        Bad.of("[limits]\nturns = 1000001", "limits.turns", "to 1000000"),
        Bad.of("[limits]\ntokens = 1000000000000001", "limits.tokens", "to 1000000000000000"),
        Bad.of("[limits]\nusd = 1000000001", "limits.usd", "at most 1000000000.00"),
        Bad.of("[limits]\noutput = \"1000TiB\"", "limits.output", "1000000000000000 bytes"),
        Bad.of("[agents.codex.limits]\nturns = 2147483647", "agents.codex.limits.turns"),
        Bad.of("max_concurrent = 0", "max_concurrent", "from 1 to 2147483647"),
        Bad.of("listen = 9100", "listen", "a text in quotes"),
        Bad.of("listen = \"nowhere\"", "listen", "127.0.0.1:9100"),
        Bad.of("http = \"localhost:99999\"", "http", "127.0.0.1:9100"),
        Bad.of("[environment]\npass = \"X\"", "environment.pass", "a list"),
        Bad.of("[projects.shop]\ncopy = []", "projects.\"shop\"", "absolute path"),
        Bad.of("[projects.\"/shop\"]\ngate = []", "projects.\"/shop\".gate", "gates"),
        Bad.of("agent = \"codx\"", "agent = \"codx\"", "claude", "codex"),
        Bad.of("[agents.mine]\nmodel = \"x\"", "agents.mine", "protocol", "\"codex\""),
        Bad.of("[agents.mine]\nprotocol = \"x\"", "agents.mine.protocol", "one of claude"),
        Bad.of("[agents.codex]\nmodle = \"x\"", "agents.codex.modle", "model"),
        Bad.of("[agents.codex]\nprofile = \"all\"", "agents.codex.profile", "read, edit, full"),
        Bad.of("[agents.codex]\ncommand = []", "agents.codex.command", "a program"),
        Bad.of("[agents.codex]\nenvironment = { A = 1 }", "agents.codex.environment.A", "quotes"),
        Bad.of("[agents.x]\nprotocol = \"command\"", "agents.x.command", "the program to run"),
        Bad.of("[agents.\"My Agent\"]\nprotocol = \"claude\"", "My Agent", "a-z"),
        Bad.of("[prices.m]\ninput = 1", "prices.m.output", "a million tokens"),
        Bad.of("[prices.m]\ninput = \"x\"\noutput = 1", "prices.m.input", "2.50"),
        Bad.of("prices = 1", "prices", "a table"),
        Bad.of("[limits]\noutput = \"much\"", "limits.output", "512MiB"),
        Bad.of("[limits]\noutput = 0", "limits.output", "512MiB"),
        Bad.of("[limits]\nusd_per_day = \"x\"", "limits.usd_per_day", "2.50"),
        Bad.of("[agents.codex.limits]\nusd_per_day = 1", "agents.codex.limits.usd_per_day"),
        Bad.of("[agents.codex]\nmax_concurrent = 0", "agents.codex.max_concurrent", "from 1 to"),
        Bad.of("[projects.\"/p\".limits]\ndeadline = \"1h\"", "projects.\"/p\".limits.deadline"),
        Bad.of("[memory]\ncritical = \"9GiB\"", "memory.critical", "memory.healthy"),
        Bad.of("[notices]\nseverity = \"bad\"", "notices.severity", "info, warning"),
        Bad.of("[notices]\ndesktop = 1", "notices.desktop", "true or false"),
        Bad.of("[notices.webhook]\nurl = \"ftp://x\"", "notices.webhook.url", "https://"),
        Bad.of("[notices.webhook]\ntries = 2", "notices.webhook.url", "https://"),
        Bad.of(
            "[notices.webhook]\nurl = \"https://x/\"\nheader = \"Host\"",
            "notices.webhook.header",
            "X-Key"),
        Bad.of("[notices.command]\nrun = []", "notices.command.run", "a program"),
        Bad.of("agent = [", "config.toml"),
        Bad.of("listen = \"x\"\nagent = ?", "config.toml: ", " (line 2, column "));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void what_cannot_be_meant_is_refused_by_name_with_what_would_do(Bad bad) {
    assertThatThrownBy(() -> read(bad.toml()))
        .isInstanceOf(BadConfig.class)
        .hasMessageContaining("config.toml")
        .satisfies(complaint ->
            assertThat(complaint.getMessage()).contains(bad.complaint().toArray(String[]::new)));
  }

  @Test
  void what_many_tasks_may_have_together_is_set_in_all_per_agent_and_per_project_Z30()
      throws IOException {
    ServerConfig config =
        read(
            """
            max_concurrent = 6
            [limits]
            output = "512MiB"
            usd_per_day = "20"
            tokens_per_day = 9000000
            [memory]
            healthy = "8GiB"
            critical = 1073741824
            [agents.codex]
            max_concurrent = 2
            [projects."/shop"]
            max_concurrent = 1
            gates = ["make check"]
            [projects."/shop".limits]
            usd_per_day = "5"
            usd = "100"
            tokens = 7
            """);
    assertThat(config.admission())
        .isEqualTo(
            new AdmissionPolicy(
                6,
                new Allowance(Optional.of(new MicroUsd(20_000_000)), OptionalLong.of(9_000_000)),
                new TreeMap<>(Map.of("codex", Quota.ofSlots(2))),
                new TreeMap<>(
                    Map.of(
                        "/shop",
                        new Quota(
                            OptionalInt.of(1),
                            new Allowance(
                                Optional.of(new MicroUsd(5_000_000)), OptionalLong.empty()),
                            new Allowance(
                                Optional.of(new MicroUsd(100_000_000)), OptionalLong.of(7)))))));
    assertThat(config.memory()).isEqualTo(new MemoryBand.Limits(8L << 30, 1L << 30));
    assertThat(config.limits().outputBytes()).isEqualTo(512L << 20);
    assertThat(config.projects())
        .hasEntrySatisfying("/shop", it -> assertThat(it.gates()).containsExactly("make check"));
  }

  @Test
  void nobody_is_told_anything_unless_it_is_said_how() throws IOException {
    assertThat(ServerConfig.DEFAULT.notices().isOn()).isFalse();
    assertThat(read("[notices]\nseverity = \"info\"").notices().isOn()).isFalse();
    NoticeSettings notices =
        read("""
        [notices]
        severity = "error"
        also = ["review_asked"]
        except = ["push_failed"]
        per = "project"
        window = "5m"
        desktop = true
        webhook = { url = "https://example.org/hook", secret = "HOOK", tries = 2 }
        [notices.command]
        run = ["page", "ann"]
        timeout = "3s"
        """)
            .notices();
    assertThat(notices)
        .isEqualTo(
            new NoticeSettings(
                Severity.ERROR,
                List.of("review_asked"),
                List.of("push_failed"),
                NoticeSettings.Per.PROJECT,
                Duration.ofMinutes(5),
                true,
                Optional.of(
                    new NoticeSettings.Webhook(
                        URI.create("https://example.org/hook"),
                        "Authorization",
                        Optional.of("HOOK"),
                        Duration.ofSeconds(10),
                        2,
                        Duration.ofSeconds(2))),
                Optional.of(
                    new NoticeSettings.Command(List.of("page", "ann"), Duration.ofSeconds(3)))));
    assertThat(notices.isOn()).isTrue();
  }

  private ServerConfig read(String toml) throws IOException {
    return ServerConfig.read(Files.writeString(directory.resolve("config.toml"), toml));
  }

  private static Recipe recipe(ServerConfig config, String name) {
    return config.agents().recipe(name).orElseThrow();
  }
}
