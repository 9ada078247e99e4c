package io.salvor.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A checkout of the branch that is merged into.
///
/// @param gitDir its own git directory, where its index and HEAD lie
record TargetCheckout(Path gitDir, Path files) implements Checkout {

  /// All checkouts that stand on `branch`, a full name, or are in the middle of rebasing it.
  static List<TargetCheckout> of(ProjectRepository repository, String branch) throws IOException {
    var found = new ArrayList<TargetCheckout>();
    if (!repository.bare()) {
      var main = new TargetCheckout(repository.commonDir(), repository.root());
      if (main.concerns(branch)) {
        found.add(main);
      }
    }
    for (Registration registration : Registration.all(repository)) {
      var linked = new TargetCheckout(registration.privateDir(), registration.files());
      if (registration.present() && linked.concerns(branch)) {
        found.add(linked);
      }
    }
    return found;
  }

  /// A checkout of `branch` that is elsewhere for the time being, such as on a stick, and that git
  /// is told to remember by a lock: the branch is not to move behind its back.
  static Optional<Path> away(ProjectRepository repository, String branch) throws IOException {
    for (Registration registration : Registration.all(repository)) {
      if (!registration.present()
          && registration.lockedByOthers()
          && new TargetCheckout(registration.privateDir(), registration.files()).concerns(branch)) {
        return Optional.of(registration.files());
      }
    }
    return Optional.empty();
  }

  private boolean concerns(String branch) throws IOException {
    return HeadFile.branch(gitDir).filter(branch::equals).isPresent()
        || Undertaking.rebased(gitDir).filter(branch::equals).isPresent();
  }

  /// What is under way there that a merge would disturb, for people.
  Optional<String> undertaking() {
    return Undertaking.in(gitDir).map(what -> files + " is in the middle of " + what);
  }

  Path indexLock() {
    return gitDir.resolve("index.lock");
  }
}
