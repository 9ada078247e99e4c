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
