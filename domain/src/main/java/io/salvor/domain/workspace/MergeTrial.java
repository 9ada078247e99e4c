package io.salvor.domain.workspace;

import java.util.Optional;

/// What a merge would make of its target, before it is made.
public sealed interface MergeTrial {
  /// Nothing that was not checked before: the target has the approved commit, or can move forward
  /// to it and its gates are known to pass, or the merge will be refused and say why.
  ///
  /// @param target the target's tip; empty where there is none
  record NothingNew(Optional<String> target) implements MergeTrial {}

  /// The result stands in a checkout of its own.
  ///
  /// @param path absolute
  /// @param target the target's tip that it was made with
  record Stands(String path, String target) implements MergeTrial {}
}
