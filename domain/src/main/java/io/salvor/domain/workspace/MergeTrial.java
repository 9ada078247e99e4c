package io.salvor.domain.workspace;

import java.util.Optional;

/// What a merge would make of its target, before it is made.
public sealed interface MergeTrial {
  /// Nothing that was not there before: the target can move forward to the approved commit or has
  /// it, or the merge will be refused and say why.
  ///
  /// @param target the target's tip; empty where there is none
  record NothingNew(Optional<String> target) implements MergeTrial {}

  /// The result stands in a checkout of its own.
  ///
  /// @param path absolute
  /// @param target the target's tip that it was made with
  record Stands(String path, String target) implements MergeTrial {}
}
