package io.salvor.domain.workspace;

import io.salvor.domain.id.DisplayId;

/// Which commit to bring into which branch.
///
/// @param commit full hash that was approved; the task branch must still point at it
/// @param target branch name without `refs/heads/`
/// @param message of the merge commit, where one is needed
public record MergeOrder(
    String projectRoot,
    DisplayId display,
    String branch,
    String commit,
    String target,
    String message) {}
