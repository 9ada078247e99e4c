package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.regex.Pattern;

/// Checks once that the `git` program is there and knows `merge-tree --write-tree`.
final class GitVersion {
  private static final Pattern FORM = Pattern.compile("git version (\\d+)\\.(\\d+).*");
  private static final int MAJOR = 2;
  private static final int MINOR = 38;
  private static final String HINT = "install git 2.38 or later";

  private final Git git;
  private volatile boolean good;

  GitVersion(Git git) {
    this.git = git;
  }

  void require() throws Unworkable, InterruptedIOException {
    if (good) {
      return;
    }
    String version = ask();
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
    good = true;
  }

  private String ask() throws Unworkable, InterruptedIOException {
    try {
      return git.version();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (GitFailed e) {
      // It is there and began: a host too busy for it now may not be later.
      throw new Unworkable(Kind.GIT_FAILED, "git does not run: " + e.getMessage(), HINT);
    } catch (IOException e) {
      throw new Unworkable(Kind.GIT_MISSING_OR_OLD, "git does not run: " + e.getMessage(), HINT);
    }
  }
}
