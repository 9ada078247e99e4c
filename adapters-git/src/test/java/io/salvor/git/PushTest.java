package io.salvor.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.domain.workspace.PushOrder;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.PushOutcome.Pushed;
import io.salvor.domain.workspace.PushOutcome.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// A push is git's own, asks nobody, and says in git's words why it did not go through.
class PushTest extends GitFixture {

  private PushOutcome push(String commit) {
    return workspaces.push(new PushOrder(root.toString(), "origin", "main", commit));
  }

  private String change() {
    write(root, "more", "1");
    return commit(root, "more");
  }

  private static String refusal(PushOutcome outcome) {
    assertThat(outcome).isInstanceOf(Refused.class);
    return ((Refused) outcome).detail();
  }

  private static void hook(Path repository, String name, String script) throws IOException {
    Path hooks = Files.createDirectories(repository.resolve("hooks"));
    Path hook = Files.writeString(hooks.resolve(name), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path remote() {
    world.remote(root.toString());
    return Path.of(root + "-origin.git");
  }

  @Test
  void what_the_other_side_says_is_told() throws IOException {
    hook(remote(), "pre-receive", "echo 'main is closed today' >&2; exit 1");

    assertThat(refusal(push(change())))
        .contains("pre-receive hook declined", "main is closed today")
        .doesNotContain("hint:");
    assertThat(world.pushed(root.toString())).isEmpty();
  }

  @Test
  void the_projects_own_hooks_are_for_its_people() throws IOException {
    remote();
    hook(root.resolve(".git"), "pre-push", "exit 1");

    assertThat(push(change())).isEqualTo(new Pushed());
  }

  @Test
  void an_address_is_meant_from_the_projects_root() {
    remote();
    git(root, "remote", "set-url", "origin", "../project-origin.git");
    String mine = change();

    assertThat(push(mine)).isEqualTo(new Pushed());
    assertThat(world.pushed(root.toString())).contains(mine);
  }

  @Test
  void no_secret_of_an_address_is_repeated() {
    remote();
    git(root, "remote", "set-url", "origin", "http://ann:geheim@127.0.0.1:9/project.git");

    assertThat(refusal(push(change()))).isNotEmpty().doesNotContain("geheim");
  }

  @Test
  void a_remote_that_is_gone_is_no_reason_to_wait() throws IOException {
    Path remote = remote();
    Trees.delete(remote);

    assertThat(refusal(push(change()))).contains(remote.toString());
  }

  @Test
  void pushes_at_the_same_time_do_not_refuse_each_other() throws Exception {
    remote();
    var pushes = new ArrayList<Callable<PushOutcome>>();
    for (int i = 0; i < 4; i++) {
      write(root, "more", Integer.toString(i));
      String commit = commit(root, "more " + i);
      pushes.add(() -> push(commit));
    }
    try (var threads = Executors.newFixedThreadPool(pushes.size())) {
      List<Future<PushOutcome>> all = threads.invokeAll(pushes.reversed());
      for (Future<PushOutcome> one : all) {
        assertThat(one.get()).isEqualTo(new Pushed());
      }
    }
    assertThat(world.pushed(root.toString())).contains(git(root, "rev-parse", "main"));
  }
}
