package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Adds files to a scratch index in such a way that one that git cannot add costs only itself.
///
/// A `git add` that dies has added nothing, whatever it was told of errors: a file that vanished
/// while an agent works is enough, or a filter whose program is missing.
final class Gathering {
  /// What vanished is not there the next time.
  private static final int TRIES = 3;

  /// Where more calls fail than this, it is not the files.
  private static final int FAILURES = 100;

  private final Git git;
  private final Registration standing;
  private final Path index;
  private final List<String> failed = new ArrayList<>();
  private int failures;

  Gathering(Git git, Registration standing, Path index) {
    this.git = git;
    this.standing = standing;
    this.index = index;
  }

  /// Adds all files, deleted ones too.
  ///
  /// @param leftOut paths that are not to be added
  void all(Status status, List<String> leftOut) throws IOException {
    var all = new ArrayList<>(leftOut);
    all.addAll(status.copied());
    GitCall call = call("--all", Pathspecs.allBut(all));
    GitResult result = git.run(call);
    for (int tries = 1; !result.ok() && tries < TRIES; tries++) {
      result = git.run(call);
    }
    if (result.ok()) {
      return;
    }
    if (status.cut()) {
      throw GitFailed.of(call, result);
    }
    var rest = new LinkedHashSet<>(status.paths());
    leftOut.forEach(rest::remove);
    each("--all", List.copyOf(rest));
  }

  /// Adds these files, ignored or not.
  void ignored(List<String> paths) throws IOException {
    each("--force", paths);
  }

  /// The paths that could not be added.
  List<String> failed() {
    return List.copyOf(failed);
  }

  private void each(String how, List<String> paths) throws IOException {
    if (paths.isEmpty()) {
      return;
    }
    GitCall call = call(how, Pathspecs.only(paths));
    GitResult result = git.run(call);
    if (result.ok()) {
      return;
    }
    failures++;
    GitFailed failure = GitFailed.of(call, result);
    if (failures > FAILURES || GitFailed.kindOf(failure) != Kind.GIT_FAILED) {
      throw failure;
    }
    if (paths.size() > 1) {
      each(how, paths.subList(0, paths.size() / 2));
      each(how, paths.subList(paths.size() / 2, paths.size()));
    } else if (!vanished(paths.getFirst())) {
      failed.add(paths.getFirst());
    }
  }

  /// A name that is not in UTF-8 cannot be asked for, and is counted as there.
  private boolean vanished(String path) {
    return path.indexOf('\uFFFD') < 0
        && !Files.exists(standing.files().resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  /// Also what lies outside of a sparse checkout, which git would leave out without a word.
  private GitCall call(String how, String pathspecs) {
    return GitCall.save(
            standing.place(),
            "add",
            how,
            "--sparse",
            "--ignore-errors",
            "--pathspec-from-file=-",
            "--pathspec-file-nul")
        .input(pathspecs)
        .with(ScratchIndex.VARIABLE, index.toString());
  }
}
