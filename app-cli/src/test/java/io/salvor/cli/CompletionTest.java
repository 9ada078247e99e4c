package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.v1.ListTasksRequest;
import io.salvor.v1.ListTasksResponse;
import io.salvor.v1.Task;
import io.salvor.v1.TaskServiceGrpc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompletionTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void start() {
    cli = new Cli(directory);
  }

  private List<String> offers(String... typed) {
    String[] words =
        Stream.concat(Stream.of("__complete"), Stream.of(typed)).toArray(String[]::new);
    var result = cli.run(words);
    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    return result.out().lines().map(it -> it.split("\t", -1)[0]).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sta                        | status
          task di                    | dispatch diff diagnose
          -o json task di            | dispatch diff diagnose
          task list -o               |
          task list --st             | --state
          task list --state re       | ready review rejected
          task list --state = merg   | merging merged
          task show -o js            | json jsonl
          task add T --profile       | --profile
          task add T --profile f     | full
          task add T --project x     | :dirs
          task add T --brief-file x  | :files
          task add T -- x            | :files
          logs --level w             | warn
          freeze --level             | --level
          freeze --level h           | hard
          events --severity wa       | warning
          completion z               | zsh
          nothing x                  |
          task diagnose --no         |
          """)
  void what_may_come_next_is_offered(String typed, String expected) {
    assertThat(String.join(" ", offers(typed.split(" "))))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void commands_come_with_what_they_do() {
    assertThat(cli.run("__complete", "task", "sho").out()).isEqualTo("show\tShow a task.\n");
    assertThat(offers("")).contains("task", "serve", "completion").doesNotContain("__complete");
    assertThat(offers()).contains("task");
  }

  @Test
  void tasks_are_those_that_the_command_can_do_something_to() throws IOException {
    try (var server = FakeServer.inHome(cli.home())) {
      server.on(
          TaskServiceGrpc.getListTasksMethod(),
          _ -> ListTasksResponse.newBuilder().addTasks(Samples.inReview()).build());
      assertThat(cli.run("__complete", "task", "approve", "TAS").out())
          .isEqualTo("TASK-0001\tREVIEW Fix the login timeout\n");
      assertThat(server.asked(ListTasksRequest.class).getLast().getFilter())
          .isEqualTo("state=REVIEW");
      assertThat(offers("task", "approve", "--notes", "fine", "TASK-0001", "")).hasSize(1);
      assertThat(offers("task", "comment", "")).hasSize(1);
      assertThat(offers("thread", "records", "")).hasSize(1);
      assertThat(offers("workspace", "path", "TASK-0001", "")).isEmpty();
      assertThat(offers("task", "approve", "2")).isEmpty();
    }
  }

  @Test
  void tasks_are_those_of_the_home_that_is_named() throws IOException {
    try (var server = FakeServer.inHome(cli.home())) {
      server.on(
          TaskServiceGrpc.getListTasksMethod(),
          _ -> ListTasksResponse.newBuilder().addTasks(Samples.inReview()).build());
      String home = cli.home().toString();
      cli.with("SALVOR_HOME", directory.resolve("another").toString());
      assertThat(offers("task", "show", "")).isEmpty();
      assertThat(offers("--home", home, "task", "show", "")).containsExactly("TASK-0001");
      assertThat(offers("task", "show", "--home=" + home, "")).containsExactly("TASK-0001");
      assertThat(offers("--home", "=", home, "task", "show", "")).containsExactly("TASK-0001");
    }
  }

  @Test
  void without_a_server_nothing_is_offered_and_nothing_said() {
    assertThat(offers("task", "show", "")).isEmpty();
  }

  @Test
  void all_states_are_known() {
    assertThat(offers("task", "list", "--state", "")).hasSize(Task.State.values().length - 2);
  }

  /// A `salvor` that notes what it was asked and answers with this.
  private Path program(String answer) throws IOException {
    Path program = directory.resolve("salvor");
    Files.writeString(
        program,
        "#!/bin/sh\nprintf '<%s>' \"$@\" >'" + directory + "/asked'\nprintf '" + answer + "'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(directory.resolve("script"), cli.run("completion", shellOf(answer)).out());
    return program;
  }

  private static String shellOf(String answer) {
    return answer.isEmpty() ? "zsh" : "bash";
  }

  private String run(String... command) throws IOException, InterruptedException {
    assumeTrue(onPath(command[0]), command[0] + " is not installed");
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", directory.toString());
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(it -> Files.isExecutable(Path.of(it, program)));
  }

  private String asked() throws IOException {
    return Files.readString(directory.resolve("asked"));
  }

  @Test
  void bash_asks_with_the_words_up_to_the_cursor() throws Exception {
    program("TASK-0001\\tREVIEW a title\\nTASK-0002\\tb\\nplain\\n");
    String out =
        run(
            "bash",
            "-c",
            "source ./script; COMP_WORDS=(salvor task show '' behind); COMP_CWORD=3; _salvor;"
                + " printf '[%s]' \"${COMPREPLY[@]}\"");
    assertThat(out).isEqualTo("[TASK-0001][TASK-0002][plain]");
    assertThat(asked()).isEqualTo("<__complete><task><show><>");
  }

  @Test
  void fish_asks_and_shows_what_the_words_mean() throws Exception {
    program("TASK-0001\\tREVIEW a title\\nplain\\n");
    Files.writeString(directory.resolve("script"), cli.run("completion", "fish").out());
    String out = run("fish", "-c", "source ./script; complete -C 'salvor task show '");
    assertThat(out).isEqualTo("TASK-0001\tREVIEW a title\nplain\n");
    assertThat(asked()).isEqualTo("<__complete><task><show><>");
  }

  @Test
  void zsh_can_read_its_script() throws Exception {
    program("");
    assertThat(run("zsh", "-n", "./script")).isEmpty();
    assertThat(
            run(
                "zsh",
                "-fc",
                "autoload -Uz compinit; compinit -D; source ./script; echo $_comps[salvor]"))
        .isEqualTo("_salvor\n");
  }

  @Test
  void the_shell_is_the_user_s_own_unless_it_is_named() {
    assertThat(cli.with("SHELL", "/usr/bin/fish").run("completion").out()).contains("fish");
    assertThat(cli.with("SHELL", "/bin/dash").run("completion").out()).contains("COMPREPLY");
    assertThat(cli.run("completion", "zsh").out()).startsWith("#compdef salvor");
    assertThat(cli.run("completion", "csh").exit()).isEqualTo(2);
  }
}
