package io.salvor.git;

import java.nio.file.Path;

/// Files with a git directory of their own, where their index and HEAD lie.
interface Checkout {
  Path gitDir();

  Path files();

  default GitPlace place() {
    return GitPlace.checkout(gitDir(), files());
  }
}
