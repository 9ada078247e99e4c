package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Z16: a fresh start takes nothing away for good.
class FreshStartTest extends GitFixture {

  @Test
  void it_keeps_commits_and_uncommitted_work_of_the_attempt_before() {
    Path path = prepared(order());
    String base = git(path, "rev-parse", "HEAD");
    write(path, "old", "1");
    String tip = commit(path, "old");
    write(path, "half", "2");
    git(path, "add", "half");

    assertThat(ready(workspaces.prepare(order(), 2, true))).isEqualTo(path);

    assertThat(git(path, "rev-parse", "HEAD")).isEqualTo(base);
    assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/1/head")).isEqualTo(tip);
    assertThat(git(root, "show", "refs/salvor/TASK-0001/1/wip:half")).isEqualTo("2");
    assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/2/start")).isEqualTo(base);
    assertThat(world.refs(root)).doesNotContain("/reset");
    assertThat(status(path)).isEmpty();
  }

  @Test
  void it_leaves_another_branch_and_a_half_done_rebase_behind() {
    Path path = prepared(order());
    write(path, "README", "mine");
    commit(path, "mine");
    write(root, "README", "theirs");
    commit(root, "theirs");
    assertThat(world.tryGit(path, "rebase", "main").exit()).isNotZero();

    ready(workspaces.prepare(order(), 2, true));

    assertThat(git(path, "symbolic-ref", "HEAD")).isEqualTo("refs/heads/task/TASK-0001");
    assertThat(status(path)).isEmpty();
    assertThat(read(path, "README")).isEqualTo("hello");
    assertThat(git(path, "status")).doesNotContain("rebas");
  }

  @Test
  void it_ends_a_git_am_that_stopped_half_way() {
    Path path = prepared(order());
    write(root, "README", "theirs");
    commit(root, "theirs");
    git(root, "format-patch", "--quiet", "-1", "--output=" + world.directory().resolve("patch"));
    write(path, "README", "mine");
    commit(path, "mine");
    assertThat(world.tryGit(path, "am", "-3", world.directory().resolve("patch").toString()).exit())
        .isNotZero();
    assertThat(workspaces.remove(order()).toString()).contains("in the middle of a git am");

    ready(workspaces.prepare(order(), 2, true));

    assertThat(status(path)).isEmpty();
    assertThat(read(path, "README")).isEqualTo("hello");
    assertThat(git(path, "status")).doesNotContain("am session");
  }

  @Test
  void it_begins_at_the_base_where_the_directory_is_gone() {
    Path path = prepared(order());
    write(path, "old", "1");
    String tip = commit(path, "old");
    world.lose(path.toString());

    ready(workspaces.prepare(order(), 2, true));

    assertThat(read(path, "old")).isEqualTo("(absent)");
    assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/1/head")).isEqualTo(tip);
  }

  @Test
  void each_fresh_start_keeps_what_it_replaces() {
    Path path = prepared(order());
    write(path, "one", "1");
    String one = commit(path, "one");
    ready(workspaces.prepare(order(), 2, true));
    write(path, "two", "2");
    String two = commit(path, "two");
    ready(workspaces.prepare(order(), 3, true));

    assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/1/head")).isEqualTo(one);
    assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/2/head")).isEqualTo(two);
    assertThat(status(path)).isEmpty();
  }

  @Test
  void ignored_files_and_nested_repositories_stay() {
    write(root, ".gitignore", ".env\n");
    commit(root, "ignore");
    Path path = prepared(order());
    write(path, ".env", "SECRET=1");
    git(path, "init", "--quiet", "nested");
    write(path.resolve("nested"), "inner", "1");
    commit(path.resolve("nested"), "inner");

    ready(workspaces.prepare(order(), 2, true));

    assertThat(read(path, ".env")).isEqualTo("SECRET=1");
    assertThat(read(path, "nested/inner")).isEqualTo("1");
  }

  /// A workspace with a `.gitignore` that the base lacks, and what is ignored by it.
  private Path ignoring() {
    Path path = prepared(order());
    write(path, ".gitignore", "results/\n*.db\n");
    commit(path, "ignore");
    write(path, "results/figures", "hours of work");
    write(path, "cache.db", "1");
    write(path, "half/new", "2");
    return path;
  }

  @Test
  void files_that_only_the_agent_ignored_stay() {
    Path path = ignoring();

    ready(workspaces.prepare(order(), 2, true));

    assertThat(read(path, "results/figures")).isEqualTo("hours of work");
    assertThat(read(path, "cache.db")).isEqualTo("1");
    assertThat(path.resolve(".gitignore")).doesNotExist();
    assertThat(path.resolve("half")).doesNotExist();
    assertThat(git(root, "show", "refs/salvor/TASK-0001/1/wip:half/new")).isEqualTo("2");
  }

  @Test
  void files_that_only_the_agent_ignored_stay_wherever_a_crash_cuts_it_short() {
    for (int step = 1; ; step++) {
      root = world.project("crash-" + step);
      Path path = ignoring();
      // The rules are not in a commit either.
      git(path, "reset", "--quiet", "--soft", "HEAD^");
      git(path, "rm", "--quiet", "--cached", ".gitignore");
      boolean crashed = false;
      try {
        world.workspaces("git", Crash.after(step)).prepare(order(), 2, true);
      } catch (Crash _) {
        crashed = true;
      }
      ready(workspaces.prepare(order(), 2, true));

      assertThat(read(path, "results/figures")).isEqualTo("hours of work");
      assertThat(read(path, "cache.db")).isEqualTo("1");
      assertThat(path.resolve("half")).doesNotExist();
      if (!crashed) {
        assertThat(step).isGreaterThan(5);
        return;
      }
    }
  }

  @Test
  void what_came_after_the_snapshot_stays() {
    Path path = prepared(order());
    write(path, "early", "1");
    write(path, "changing", "1");
    Steps late =
        step -> {
          if (step.equals("set refs/salvor/TASK-0001/2/reset")) {
            write(path, "late", "2");
            write(path, "changing", "2");
          }
        };

    ready(world.workspaces("git", late).prepare(order(), 2, true));

    assertThat(path.resolve("early")).doesNotExist();
    assertThat(read(path, "late")).isEqualTo("2");
    assertThat(read(path, "changing")).isEqualTo("2");
    assertThat(git(root, "show", "refs/salvor/TASK-0001/1/wip:changing")).isEqualTo("1");
  }

  @Test
  void a_file_of_the_base_that_the_agent_has_ignored_is_kept_before_it_is_overwritten() {
    write(root, "data.db", "empty");
    write(root, "plain", "a file");
    commit(root, "data");
    Path path = prepared(order());
    git(path, "rm", "--quiet", "--cached", "data.db");
    git(path, "rm", "--quiet", "plain");
    write(path, ".gitignore", "data.db\nplain\n");
    commit(path, "ignore the data");
    write(path, "data.db", "hours of work");
    write(path, "plain/inner", "more of it");
    assertThat(status(path)).isEmpty();

    ready(workspaces.prepare(order(), 2, true));

    assertThat(read(path, "data.db")).isEqualTo("empty");
    assertThat(read(path, "plain")).isEqualTo("a file");
    String wip = "refs/salvor/TASK-0001/1/wip";
    assertThat(git(root, "show", wip + ":data.db")).isEqualTo("hours of work");
    assertThat(git(root, "show", wip + ":plain/inner")).isEqualTo("more of it");
  }

  @Test
  void it_is_refused_where_it_would_overwrite_a_repository() {
    write(root, "lib", "a file");
    commit(root, "lib");
    Path path = prepared(order());
    git(path, "rm", "--quiet", "lib");
    write(path, ".gitignore", "lib\n");
    commit(path, "ignore");
    git(path, "init", "--quiet", "lib");
    write(path.resolve("lib"), "inner", "1");
    commit(path.resolve("lib"), "inner");

    assertThat(refused(workspaces.prepare(order(), 2, true)).detail()).contains("lib");

    assertThat(read(path, "lib/inner")).isEqualTo("1");
  }

  @Test
  void it_is_refused_where_something_cannot_be_kept() {
    Path path = prepared(order());
    write(path, "big", "x".repeat((1 << 20) + 1));

    assertThat(refused(workspaces.prepare(order(), 2, true)).detail()).contains("big");
    assertThat(path.resolve("big")).exists();
  }
}
