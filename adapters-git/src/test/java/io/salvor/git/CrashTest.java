package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.MergeOutcome.Conflict;
import io.salvor.domain.workspace.MergeOutcome.DirtyOverlap;
import io.salvor.domain.workspace.MergeOutcome.Diverged;
import io.salvor.domain.workspace.MergeOutcome.Merged;
import io.salvor.domain.workspace.Removal;
import io.salvor.domain.workspace.Removal.Removed;
import io.salvor.domain.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Z15, Z16, Z17, Z19: after a crash between any two steps, doing it again ends in the same place,
/// and the user's checkout is as it was.
class CrashTest extends GitFixture {

  /// Lets `work` die after its first step, then after its second, until it gets through; `again`
  /// follows each time.
  ///
  /// @return how many crashes that made
  private int crashEverywhere(Runnable setUp, Consumer<Workspaces> work, Runnable again) {
    for (int step = 1; ; step++) {
      root = world.project("crash-" + step);
      setUp.run();
      try {
        work.accept(world.workspaces("git", Crash.after(step)));
        return step - 1;
      } catch (Crash crash) {
        again.run();
      }
    }
  }

  private String edited(Path checkout) {
    write(checkout, "scratch", "mine");
    write(checkout, "README", "being edited");
    write(checkout, "staged", "1");
    git(checkout, "add", "staged");
    return world.portrait(checkout);
  }

  private void assertOnlyOurRefs() {
    assertThat(world.refs(root)).doesNotContain("/reset", "/merge/");
    assertThat(git(root, "worktree", "list", "--porcelain")).doesNotContain("locked", "prunable");
  }

  @Test
  void making_a_workspace() {
    String[] before = {""};
    int crashes =
        crashEverywhere(
            () -> {
              before[0] = edited(root);
              write(root, ".env", "SECRET=1");
              before[0] = world.portrait(root);
            },
            dying -> dying.prepare(world.order(root, 1, ".env"), 1, false),
            () -> {
              Path path = ready(workspaces.prepare(world.order(root, 1, ".env"), 1, false));
              assertThat(world.portrait(root)).isEqualTo(before[0]);
              assertThat(git(path, "rev-parse", "HEAD")).isEqualTo(git(root, "rev-parse", "HEAD"));
              assertThat(status(path)).isEqualTo("?? .env");
              assertThat(read(path, ".env")).isEqualTo("SECRET=1");
              assertOnlyOurRefs();
            });
    assertThat(crashes).isGreaterThanOrEqualTo(6);
  }

  @Test
  void rebuilding_a_workspace() {
    String[] tip = {""};
    int crashes =
        crashEverywhere(
            () -> {
              Path path = prepared(order());
              write(path, "done", "1");
              tip[0] = commit(path, "done");
              write(path, "half", "2");
              write(path, "README", "half");
              workspaces.snapshot(order(), 1);
              world.lose(path.toString());
            },
            dying -> dying.prepare(order(), 2, false),
            () -> {
              Path path = ready(workspaces.prepare(order(), 2, false));
              assertThat(git(path, "rev-parse", "HEAD")).isEqualTo(tip[0]);
              assertThat(status(path)).isEqualTo("M README\n?? half");
              assertOnlyOurRefs();
            });
    assertThat(crashes).isGreaterThanOrEqualTo(4);
  }

  @Test
  void registering_a_workspace_again() {
    int crashes =
        crashEverywhere(
            () -> {
              write(prepared(order()), "half", "2");
              try {
                Trees.delete(root.resolve(".git/worktrees"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            dying -> dying.prepare(order(), 2, false),
            () -> {
              assertThat(status(ready(workspaces.prepare(order(), 2, false)))).isEqualTo("?? half");
              assertOnlyOurRefs();
            });
    assertThat(crashes).isGreaterThanOrEqualTo(2);
  }

  @Test
  void starting_afresh_where_the_workspace_stands() {
    startAfresh(false);
  }

  @Test
  void starting_afresh_where_the_directory_is_gone() {
    startAfresh(true);
  }

  private void startAfresh(boolean lost) {
    String[] tip = {""};
    int crashes =
        crashEverywhere(
            () -> {
              Path path = prepared(order());
              write(path, "done", "1");
              tip[0] = commit(path, "done");
              write(path, "half", "2");
              workspaces.snapshot(order(), 1);
              if (lost) {
                world.lose(path.toString());
              }
            },
            dying -> dying.prepare(order(), 2, true),
            () -> {
              Path path = ready(workspaces.prepare(order(), 2, true));
              assertThat(git(path, "rev-parse", "HEAD"))
                  .isEqualTo(git(root, "rev-parse", "refs/salvor/TASK-0001/base"));
              assertThat(status(path)).isEmpty();
              assertThat(git(root, "rev-parse", "refs/salvor/TASK-0001/1/head")).isEqualTo(tip[0]);
              assertThat(git(root, "show", "refs/salvor/TASK-0001/1/wip:half")).isEqualTo("2");
              assertOnlyOurRefs();
              write(path, "new", "3");
              workspaces.prepare(order(), 2, true);
              assertThat(read(path, "new")).isEqualTo("3");
            });
    assertThat(crashes).isGreaterThanOrEqualTo(lost ? 6 : 5);
  }

  @Test
  void taking_a_snapshot() {
    String[] before = {""};
    int crashes =
        crashEverywhere(
            () -> {
              Path path = prepared(order());
              write(path, "half", "2");
              before[0] = world.portrait(path);
            },
            dying -> dying.snapshot(order(), 1),
            () -> {
              assertThat(workspaces.snapshot(order(), 1).snapshot()).isPresent();
              assertThat(git(root, "show", "refs/salvor/TASK-0001/1/wip:half")).isEqualTo("2");
              assertThat(world.portrait(prepared(order()))).isEqualTo(before[0]);
            });
    assertThat(crashes).isGreaterThanOrEqualTo(4);
  }

  @Test
  void removing_a_workspace() {
    int crashes =
        crashEverywhere(
            () -> {
              write(prepared(order()), "half", "2");
              workspaces.snapshot(order(), 1);
            },
            dying -> dying.remove(order()),
            () -> {
              workspaces.remove(order());
              assertThat(root.resolveSibling(root.getFileName() + "-TASK-0001")).doesNotExist();
              assertThat(world.directory().toFile().list())
                  .noneMatch(name -> name.contains("removed"));
              assertThat(read(ready(workspaces.prepare(order(), 2, false)), "half")).isEqualTo("2");
            });
    assertThat(crashes).isGreaterThanOrEqualTo(3);
  }

  private String tipToMerge = "";

  private void readyToMerge() {
    write(root, "gone", "1");
    write(root, "changed", "1");
    write(root, "swap", "a file");
    commit(root, "more");
    Path path = prepared(order());
    write(path, "dir/added", "2");
    write(path, "changed", "2");
    try {
      Files.delete(path.resolve("gone"));
      Files.delete(path.resolve("swap"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    write(path, "swap/inside", "a directory");
    tipToMerge = commit(path, "work");
  }

  private String portraitWithoutHead(Path checkout) {
    return status(checkout) + read(checkout, "README") + read(checkout, "scratch");
  }

  private void merging(boolean forward) {
    String[] dirty = {""};
    int crashes =
        crashEverywhere(
            () -> {
              readyToMerge();
              if (!forward) {
                write(root, "other", "1");
                commit(root, "other");
              }
              edited(root);
              dirty[0] = portraitWithoutHead(root);
            },
            dying -> dying.merge(mergeOrder(tipToMerge)),
            () -> {
              assertThat(workspaces.merge(mergeOrder(tipToMerge)))
                  .isEqualTo(new Merged(git(root, "rev-parse", "main")));
              assertThat(portraitWithoutHead(root)).isEqualTo(dirty[0]);
              assertThat(read(root, "swap/inside")).isEqualTo("a directory");
              assertThat(git(root, "log", "--format=%s", "--first-parent", "-1", "main"))
                  .isEqualTo(forward ? "work" : "Merge TASK-0001");
              assertThat(git(root, "rev-list", "--count", "--merges", "main"))
                  .isEqualTo(forward ? "0" : "1");
              assertOnlyOurRefs();
            });
    assertThat(crashes).isGreaterThanOrEqualTo(6);
  }

  @Test
  void merging_forward() {
    merging(true);
  }

  @Test
  void merging_with_a_merge_commit() {
    merging(false);
  }

  @Test
  void an_approval_that_is_void_by_then_leaves_the_checkout_as_it_was() {
    String[] before = {""};
    int[] merged = {0};
    crashEverywhere(
        () -> {
          readyToMerge();
          before[0] = edited(root);
        },
        dying -> dying.merge(mergeOrder(tipToMerge)),
        () -> {
          Path path = prepared(order());
          write(path, "later", "1");
          String later = commit(path, "later");
          var outcome = workspaces.merge(mergeOrder(tipToMerge));
          if (outcome instanceof Merged) {
            merged[0]++;
          } else {
            assertThat(outcome).isEqualTo(new Diverged(later));
            assertThat(world.portrait(root)).isEqualTo(before[0]);
          }
          assertOnlyOurRefs();
        });
    assertThat(merged[0]).isBetween(1, 3);
  }

  @Test
  void a_file_that_is_edited_by_then_is_refused_and_the_others_go_back() {
    crashEverywhere(
        () -> {
          readyToMerge();
          git(root, "status");
        },
        dying -> dying.merge(mergeOrder(tipToMerge)),
        () -> {
          write(root, "changed", "mine by now");
          var outcome = workspaces.merge(mergeOrder(tipToMerge));
          if (outcome instanceof DirtyOverlap overlap) {
            assertThat(overlap.files()).containsExactly("changed");
            assertThat(read(root, "dir/added")).isEqualTo("(absent)");
            assertThat(read(root, "gone")).isEqualTo("1");
          } else {
            assertThat(outcome).isInstanceOf(Merged.class);
          }
          assertThat(read(root, "changed")).isEqualTo("mine by now");
          assertOnlyOurRefs();
        });
  }

  @Test
  void a_target_that_has_moved_by_then_is_merged_into_as_it_is() {
    crashEverywhere(
        this::readyToMerge,
        dying -> dying.merge(mergeOrder(tipToMerge)),
        () -> {
          String tree = git(root, "rev-parse", "main^{tree}");
          String pushed = git(root, "commit-tree", tree, "-p", "main", "-m", "pushed");
          git(root, "update-ref", "refs/heads/main", pushed);

          assertThat(workspaces.merge(mergeOrder(tipToMerge)))
              .isInstanceOf(Merged.class)
              .isNotInstanceOf(Conflict.class);
          assertThat(status(root)).isEmpty();
          assertThat(read(root, "changed")).isEqualTo("2");
          assertOnlyOurRefs();
        });
  }

  @Test
  void what_a_person_committed_of_a_merge_cut_short_stays_committed() {
    crashEverywhere(
        this::readyToMerge,
        dying -> dying.merge(mergeOrder(tipToMerge)),
        () -> {
          git(root, "commit", "--quiet", "--allow-empty", "--all", "-m", "by hand");

          assertThat(workspaces.merge(mergeOrder(tipToMerge))).isInstanceOf(Merged.class);
          assertThat(status(root)).isEmpty();
          assertThat(read(root, "changed")).isEqualTo("2");
          assertThat(git(root, "log", "--format=%s", "main")).contains("by hand");
          assertOnlyOurRefs();
        });
  }

  @Test
  void a_removal_that_was_cut_short_is_done_when_it_is_asked_for_again() {
    crashEverywhere(
        () -> prepared(order()),
        dying -> dying.remove(order()),
        () -> {
          var removal = workspaces.remove(order());
          assertThat(removal).isNotInstanceOf(Removal.Kept.class);
          if (removal instanceof Removed(var ignored)) {
            assertThat(ignored).isEmpty();
          }
          assertThat(workspaces.list(root.toString())).isEmpty();
        });
  }
}
