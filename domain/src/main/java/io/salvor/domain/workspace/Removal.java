package io.salvor.domain.workspace;

import java.util.List;

/// How removing a workspace went.
public sealed interface Removal {
  /// Nothing of it is left but its branch and its refs.
  ///
  /// @param ignoredFiles paths that were ignored by git and went with it, at most 100
  record Removed(List<String> ignoredFiles) implements Removal {}

  /// There was none.
  record NotThere() implements Removal {}

  /// It stays, since these things in it are not provably elsewhere.
  record Kept(List<String> reasons) implements Removal {}
}
