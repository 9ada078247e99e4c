package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// Checks once that the `git` program is there and knows `merge-tree --write-tree`.
final class GitVersion {
  private static final Pattern FORM = Pattern.compile("git version (\\d+)\\.(\\d+).*");
  private static final int MAJOR = 2;
  private static final int MINOR = 38;
  private static final String HINT = "install git 2.38 or later";

  private final Git git;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile boolean good;

  GitVersion(Git git) {
    this.git = git;
  }

  void require() throws Unworkable, InterruptedIOException {
    if (good) {
      return;
    }
    // After a start many want to know at once: one of them asks.
    asking.lock();
    try {
      if (!good) {
        check(ask());
        good = true;
      }
    } finally {
      asking.unlock();
    }
  }

  private static void check(String version) throws Unworkable {
    var matcher = FORM.matcher(version);
    if (!matcher.matches()) {
      throw new Unworkable(
          Kind.GIT_MISSING_OR_OLD, "git does not tell its version: " + version, HINT);
    }
    int major = Integer.parseInt(matcher.group(1));
    int minor = Integer.parseInt(matcher.group(2));
    if (major < MAJOR || (major == MAJOR && minor < MINOR)) {
      throw new Unworkable(Kind.GIT_MISSING_OR_OLD, version + " is too old", HINT);
    }
  }

  private String ask() throws Unworkable, InterruptedIOException {
    try {
      return git.version();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (GitFailed e) {
      // It is there and did not do as it should this time: on a busy machine, it was too slow.
      throw new Unworkable(Kind.GIT_FAILED, "git does not run: " + e.getMessage(), HINT);
    } catch (IOException e) {
      throw new Unworkable(Kind.GIT_MISSING_OR_OLD, "git does not run: " + e.getMessage(), HINT);
    }
  }
}
