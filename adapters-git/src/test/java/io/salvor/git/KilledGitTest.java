package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome.Merged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Z15, Z17, Z19: git itself is killed in the middle of its work, and Salvor with it.
@Timeout(300)
class KilledGitTest extends GitFixture {
  private static final int FILES = 600;
  private static final int KILLS = 8;

  @BeforeEach
  void addManyFiles() {
    for (int i = 0; i < FILES; i++) {
      write(root, "dir" + i % 30 + "/file" + i, "content " + i + "\n");
    }
    commit(root, "many files");
  }

  /// A git that is killed with all it has started, `millis` after it was asked for `command`.
  private String mortal(String command, int millis) throws IOException {
    Path program = world.directory().resolve("mortal-git");
    String seconds = String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    Files.writeString(
        program,
        """
        #!/bin/sh
        case " $* " in
        *" %s "*) exec timeout -s KILL %s git "$@" ;;
        *) exec git "$@" ;;
        esac
        """
            .formatted(command, seconds));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    return program.toString();
  }

  private static Steps dyingAfter(String command) {
    return step -> {
      if (step.equals("git " + command)) {
        throw new Crash(step);
      }
    };
  }

  @Test
  void a_workspace_whose_making_was_killed_is_made() throws IOException {
    String before = world.portrait(root);
    for (int kill = 1; kill <= KILLS; kill++) {
      var order = world.order(root, kill);
      var dying = world.workspaces(mortal("worktree", kill * 3), dyingAfter("worktree"));
      try {
        dying.prepare(order, 1, false);
      } catch (Crash _) {
        // as it was meant to be
      }
      Path path = ready(workspaces.prepare(order, 1, false));
      assertThat(status(path)).isEmpty();
      assertThat(git(path, "ls-files").lines()).hasSize(FILES + 1);
    }
    assertThat(git(root, "worktree", "list", "--porcelain")).doesNotContain("locked", "prunable");
    assertThat(root.resolve(".git/worktrees").toFile().list()).hasSize(KILLS);
    assertThat(world.portrait(root)).isEqualTo(before);
  }

  @Test
  void a_checkout_whose_move_was_killed_arrives() throws IOException {
    for (int kill = 1; kill <= KILLS; kill++) {
      var order = world.order(root, kill);
      Path path = prepared(order);
      for (int i = 0; i < FILES; i += 3) {
        write(path, "dir" + i % 30 + "/file" + i, "changed by " + kill + "\n".repeat(kill));
        write(path, "new" + kill + "/file" + i, "new\n");
      }
      String tip = commit(path, "work " + kill);
      write(root, "README", "being edited " + kill);
      var merge =
          new MergeOrder(root.toString(), order.display(), order.branch(), tip, "main", "Merge");
      try {
        world.workspaces(mortal("read-tree", kill * 3), dyingAfter("read-tree")).merge(merge);
      } catch (Crash _) {
        // as it was meant to be
      }
      assertThat(workspaces.merge(merge)).isEqualTo(new Merged(tip));
      assertThat(status(root)).isEqualTo("M README");
      assertThat(root.resolve(".git/index.lock")).doesNotExist();
    }
  }
}
