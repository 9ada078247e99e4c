package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.eclipse.jgit.errors.LockFailedException;

/// A git command, or a step taken in its stead, was refused by git or by the file system.
final class GitFailed extends IOException {
  private static final long serialVersionUID = 1L;

  GitFailed(String message) {
    super(message);
  }

  static GitFailed of(GitCall call, GitResult result) {
    return new GitFailed(words(call, result));
  }

  /// Git's own words for a failure.
  static String words(GitCall call, GitResult result) {
    String words = result.err().isBlank() ? "exit status " + result.exit() : result.err().strip();
    return "git " + call.name() + ": " + words;
  }

  /// What happened, for people; the file system's own exceptions often name no more than a path.
  static String words(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof FileSystemException
        ? message + " (" + failure.getClass().getSimpleName().replace("Exception", "") + ")"
        : message;
  }

  /// What kind of trouble `failure` tells of; git is asked to speak English.
  static Kind kindOf(IOException failure) {
    String words = String.valueOf(failure.getMessage());
    if (words.contains("No space left on device") || words.contains("Disk quota exceeded")) {
      return Kind.DISK_FULL;
    }
    if (words.contains(".lock': File exists")
        || failure instanceof RefLocked
        || failure instanceof LockFailedException
        || failure instanceof ProjectLocks.Busy) {
      return Kind.LOCKED;
    }
    return Kind.GIT_FAILED;
  }
}
