package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.lib.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Z18: the one place where git is started.
@Timeout(60)
class GitTest extends GitFixture {
  private static final GitCall ANY = GitCall.read(GitPlace.at(Path.of("/")), "anything");

  private Git git(String program, Duration deadline) {
    return new Git(
        program, world.environment(), new Git.Deadlines(deadline, deadline), Steps.UNWATCHED);
  }

  private String program(String body) throws IOException {
    Path program = world.directory().resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + body + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program.toString();
  }

  @Test
  void a_child_that_takes_too_long_is_ended_with_its_children() throws IOException {
    Path pid = world.directory().resolve("pid");
    String slow = program("sleep 300 & echo $! > " + pid + "\nwait");

    assertThatThrownBy(() -> git(slow, Duration.ofSeconds(1)).run(ANY))
        .isInstanceOf(GitFailed.class)
        .hasMessageContaining("longer than");
    long child = Long.parseLong(Files.readString(pid).strip());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void a_caller_that_is_interrupted_ends_the_child() throws Exception {
    Path pid = world.directory().resolve("pid");
    String slow = program("echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "\nsleep 300");
    var failure = new AtomicReference<Throwable>();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> {
              try {
                git(slow, Duration.ofMinutes(5)).run(ANY);
              } catch (IOException e) {
                failure.set(e);
              }
            });
    while (!Files.exists(pid)) {
      Thread.onSpinWait();
    }
    long child = Long.parseLong(Files.readString(pid).strip());
    CompletableFuture<ProcessHandle> ended = ProcessHandle.of(child).orElseThrow().onExit();

    caller.interrupt();
    caller.join();

    assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
    assertThat(ended.get(10, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void much_output_on_both_streams_is_drained_and_bounded() throws IOException {
    String loud = program("head -c 1000000 /dev/zero | tr '\\0' e >&2; head -c 40000000 /dev/zero");

    GitResult result = git(loud, Duration.ofSeconds(30)).run(ANY);

    assertThat(result.cut()).isTrue();
    assertThat(result.out()).hasSize(Git.OUTPUT_LIMIT_BYTES);
    assertThat(result.err()).hasSize(64 << 10);
  }

  @Test
  void the_child_sees_nothing_that_redirects_git_and_whose_child_it_is() throws IOException {
    var inherited = Map.of("GIT_DIR", "/elsewhere", "GIT_CONFIG_COUNT", "1", "PATH", "/bin");
    var git =
        new Git(
            program("/usr/bin/env"),
            new ChildEnvironment(inherited, "instance-1"),
            Git.Deadlines.USUAL,
            Steps.UNWATCHED);

    assertThat(git.run(ANY).out().lines())
        .contains(
            "SALVOR_INSTANCE=instance-1",
            "LC_ALL=C",
            "GIT_TERMINAL_PROMPT=0",
            "GIT_OPTIONAL_LOCKS=0")
        .noneMatch(line -> line.startsWith("GIT_DIR") || line.startsWith("GIT_CONFIG"));
    assertThat(git.run(GitCall.write(GitPlace.at(Path.of("/")), "x")).out())
        .doesNotContain("GIT_OPTIONAL_LOCKS");
  }

  @Test
  void arguments_are_handed_over_as_they_are() throws IOException {
    var git = git(program("for a in \"$@\"; do echo \"<$a>\"; done"), Duration.ofSeconds(30));
    assertThat(git.run(GitCall.read(GitPlace.at(Path.of("/")), "$(id)", "a b", "--", "ü")).out())
        .endsWith("<$(id)>\n<a b>\n<-->\n<ü>\n");
  }

  @Test
  void an_output_that_is_taken_slowly_is_not_cut() throws IOException {
    Duration deadline = Duration.ofSeconds(4);
    var git = git(program("head -c 1000000 /dev/zero"), deadline);
    var taken = new AtomicInteger();
    git.pour(
        ANY,
        piece -> {
          if (taken.getAndAdd(piece.length) == 0) {
            await().pollDelay(deadline.plusMillis(500)).until(() -> true);
          }
        });
    assertThat(taken).hasValue(1_000_000);
  }

  @Test
  void an_output_that_does_not_come_is_not_waited_for() throws IOException {
    String silent = program("echo word; sleep 300");

    assertThatThrownBy(() -> git(silent, Duration.ofSeconds(1)).pour(ANY, _ -> {}))
        .isInstanceOf(GitFailed.class);
  }

  @Test
  void a_consumer_that_fails_ends_the_child() throws IOException {
    var git = git(program("yes"), Duration.ofMinutes(5));
    assertThatThrownBy(() ->
            git.pour(
                ANY,
                _ -> {
                  throw new IllegalStateException("enough");
                }))
        .hasMessage("enough");
  }

  @Test
  void a_repository_that_breaks_is_reported_as_the_ports_own_exception() throws IOException {
    Path path = prepared(order());
    write(path, "notes", "1");
    Files.writeString(root.resolve(".git/worktrees/project-TASK-0001/index"), "broken");
    assertThatThrownBy(() -> workspaces.snapshot(order(), 1))
        .isInstanceOf(WorkspacesUnavailable.class)
        .hasMessageContaining("index");
  }

  /// Z16: what keeps work is on the disk before the step that destroys it elsewhere.
  @Test
  void jgit_waits_until_objects_and_refs_are_on_the_disk() throws IOException, Unworkable {
    String before = Files.readString(root.resolve(".git/config"));
    try (var repository = ProjectRepository.open(root)) {
      Config config = repository.jgit().getConfig();
      assertThat(config.getBoolean("core", "fsyncObjectFiles", false)).isTrue();
      assertThat(config.getBoolean("core", "fsyncRefFiles", false)).isTrue();
    }
    prepared(order());
    assertThat(Files.readString(root.resolve(".git/config"))).isEqualTo(before);
  }

  @Test
  void jgit_leaves_no_traces_in_home_or_repository() throws IOException {
    workspaces.inspectProject(root.toString());
    try (var files = Files.walk(world.directory())) {
      assertThat(files.map(Path::toString))
          .noneMatch(name -> name.contains(".probe") || name.contains("jgit"));
    }
  }
}
