package io.salvor.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Gives a workspace its registration back when someone pruned it; the files stay as they are.
final class Reregistering {
  private final Steps steps;

  Reregistering(Steps steps) {
    this.steps = steps;
  }

  /// @param privateDir where the files say that their git directory is
  void register(Site site, Path privateDir) throws IOException {
    Path draft = site.repository().commonDir().resolve("salvor-registration");
    Trees.delete(draft);
    Files.createDirectories(draft);
    Files.writeString(draft.resolve("HEAD"), "ref: " + site.names().branch() + "\n");
    Files.writeString(draft.resolve("commondir"), "../..\n");
    Files.writeString(draft.resolve("gitdir"), site.path().resolve(".git") + "\n");
    Files.writeString(draft.resolve(Registration.OWNER_FILE), site.owner().line() + "\n");
    Files.createDirectories(site.repository().registrationsDir());
    Files.move(draft, privateDir, StandardCopyOption.ATOMIC_MOVE);
    steps.passed("worktree registered again");
  }
}
