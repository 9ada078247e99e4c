package io.salvor.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.agent.Agent;
import io.salvor.domain.agent.Installation;
import io.salvor.domain.agent.PermissionProfile;
import io.salvor.domain.agent.Protocol;
import io.salvor.process.protocol.PriceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is found of agents' programs, with shell scripts in their place.
@Timeout(60)
final class LinuxAgentProgramsTest {
  @TempDir private Path directory;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void path() {
    environment.put("PATH", directory + ":/usr/bin:/bin");
    environment.put("HOME", directory.toString());
    environment.put("OPENAI_API_KEY", "key");
  }

  @Test
  void a_program_that_is_not_there_is_named_with_the_command_that_installs_it() {
    Installation found = check(Protocol.CODEX, "codex");
    assertThat(found.program()).isEmpty();
    assertThat(found.lacks())
        .containsExactly(
            new Installation.Lack("there is no program codex", "npm install -g @openai/codex"));
  }

  @Test
  void a_program_that_answers_lacks_nothing_and_its_version_is_known_or_not() throws IOException {
    program("codex", "echo 'codex-cli 0.169.0'");
    Installation seen = check(Protocol.CODEX, "codex");
    assertThat(seen.program()).contains(directory.resolve("codex").toString());
    assertThat(seen.version()).contains("0.169.0");
    assertThat(seen.versionSeen()).isTrue();
    assertThat(seen.lacks()).isEmpty();

    program("codex", "echo 'codex-cli 99.1.0-beta.2'");
    Installation other = check(Protocol.CODEX, "codex");
    assertThat(other.version()).contains("99.1.0-beta.2");
    assertThat(other.versionSeen()).isFalse();
    assertThat(other.lacks()).isEmpty();
  }

  @Test
  void a_program_that_fails_is_told_with_what_it_says() throws IOException {
    program("claude", "echo 'env: node: not found' >&2; exit 127");
    environment.put("ANTHROPIC_API_KEY", "key");
    assertThat(check(Protocol.CLAUDE, "claude").lacks())
        .singleElement()
        .satisfies(lack -> assertThat(lack.what()).contains("env: node: not found"));
  }

  @Test
  void one_that_prints_without_end_is_ended() throws IOException {
    program("claude", "while :; do echo 1; done");
    var impatient =
        new LinuxAgentPrograms(
            directory,
            new AgentEnvironment(environment, List.of()),
            Map.of(),
            Duration.ofMillis(200));
    assertThat(impatient.check(agent("it", Protocol.CLAUDE, "claude")).version()).isEmpty();
  }

  @Test
  void without_key_and_login_it_says_how_to_log_in() throws IOException {
    program("codex", "echo 0.169.0");
    environment.remove("OPENAI_API_KEY");
    assertThat(check(Protocol.CODEX, "codex").lacks())
        .extracting(Installation.Lack::command)
        .containsExactly("codex login");

    Files.createDirectory(directory.resolve(".codex"));
    Files.writeString(directory.resolve(".codex/auth.json"), "{}");
    assertThat(check(Protocol.CODEX, "codex").lacks()).isEmpty();
  }

  @Test
  void a_sandbox_that_does_not_work_is_a_lack() throws IOException {
    program("codex", "case $1 in sandbox) exit 1;; *) echo 0.169.0;; esac");
    assertThat(check(Protocol.CODEX, "codex").lacks())
        .singleElement()
        .satisfies(lack -> assertThat(lack.what()).contains("sandbox"));
  }

  @Test
  void an_agent_is_looked_for_with_its_own_variables() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    program("other/codex", "echo 0.169.0");
    var extras =
        Map.of(
            "mine",
            new AgentExtras(Map.of("PATH", other.toString()), List.of(), PriceList.listed()));
    var programs =
        new LinuxAgentPrograms(directory, new AgentEnvironment(environment, List.of()), extras);
    assertThat(programs.find(agent("codex", Protocol.CODEX, "codex"))).isEmpty();
    assertThat(programs.find(agent("mine", Protocol.CODEX, "codex")))
        .contains(other.resolve("codex").toString());
  }

  @Test
  void a_program_of_the_user_s_own_is_only_looked_for() throws IOException {
    program("lint", "exit 1");
    Installation found = check(Protocol.COMMAND, "lint");
    assertThat(found.program()).isPresent();
    assertThat(found.lacks()).isEmpty();
    assertThat(check(Protocol.COMMAND, "nothing").lacks()).hasSize(1);
  }

  private Installation check(Protocol protocol, String program) {
    return new LinuxAgentPrograms(directory, new AgentEnvironment(environment, List.of()), Map.of())
        .check(agent("it", protocol, program));
  }

  private static Agent agent(String name, Protocol protocol, String program) {
    return new Agent(name, protocol, PermissionProfile.EDIT, List.of(program), Optional.empty());
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
