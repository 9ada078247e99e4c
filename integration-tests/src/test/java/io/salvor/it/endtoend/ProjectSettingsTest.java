package io.salvor.it.endtoend;

import static io.salvor.it.harness.Bench.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.CommandLine;
import io.salvor.it.harness.InsideCaller;
import io.salvor.it.harness.Refused;
import io.salvor.it.harness.ScratchProject;
import io.salvor.it.harness.Scripts;
import io.salvor.v1.ErrorReason;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a repository says is run only when a person has accepted it by its hash.
final class ProjectSettingsTest {
  @AutoClose private final Bench bench = Bench.started("project-settings");
  private final ScratchProject project = bench.project();
  private final CommandLine person = new CommandLine(bench.home(), project.root(), "user:ann");

  @Test
  void a_repositorys_settings_run_nothing_until_they_are_accepted_as_they_are() throws IOException {
    Path settings = project.root().resolve("salvor.toml");
    Files.writeString(
        settings, "setup = [\"echo ready >setup.txt\"]\ngates = [\"test -e made.txt\"]\n");
    Refused refused = Refused.of(() -> bench.author().create(job(project, Scripts.exits(0))));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.SETTINGS_NOT_ACCEPTED);
    assertThat(refused.hint()).contains("salvor project accept " + project.root());
    assertThat(person.run("project", "show").out()).contains("not accepted", "test -e made.txt");

    assertThat(person.run("project", "accept").status()).isZero();
    bench.restartAfterKill();
    assertThat(person.run("project", "show").out()).contains(", accepted");
    Task task = bench.author().createAndDispatch(job(project, Scripts.commits("made.txt")));
    Task reviewed = bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(Path.of(reviewed.getWorkspace().getPath()).resolve("setup.txt"))
        .hasContent("ready\n");

    Files.writeString(settings, "setup = [\"echo changed\"]\n");
    assertThat(Refused.of(() -> bench.author().create(job(project, Scripts.exits(0)))).reason())
        .isEqualTo(ErrorReason.Code.SETTINGS_NOT_ACCEPTED);
    assertThat(person.run("project", "accept", "--hash", "0".repeat(64)).status()).isEqualTo(6);
    assertThat(person.run("project", "revoke").status()).isZero();
    assertThat(person.run("project", "revoke").status()).isEqualTo(4);
  }

  @Test
  void an_agent_may_not_accept_what_is_run_around_it_whatever_it_calls_itself() throws IOException {
    ScratchProject other = bench.project();
    Files.writeString(other.root().resolve("salvor.toml"), "gates = [\"true\"]\n");
    Path answer = bench.fresh("answer");
    Task task =
        bench
            .author()
            .createAndDispatch(
                job(
                    project,
                    InsideCaller.acceptingSettings(
                        bench.server().address().socket(),
                        other.root().toString(),
                        "user:boss",
                        answer)));
    bench.author().await(task.getName(), Task.State.REVIEW);
    assertThat(Files.readString(answer)).isEqualTo("ACTOR_DENIED");
  }

  @Test
  void settings_that_cannot_be_meant_are_refused_by_name() throws IOException {
    Files.writeString(project.root().resolve("salvor.toml"), "stup = [\"npm ci\"]\n");
    Refused refused = Refused.of(() -> bench.author().create(job(project, Scripts.exits(0))));
    assertThat(refused.reason()).isEqualTo(ErrorReason.Code.INVALID);
    assertThat(refused.detail()).contains("stup", "setup_limit");
  }
}
