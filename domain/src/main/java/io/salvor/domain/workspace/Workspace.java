package io.salvor.domain.workspace;

/// A git worktree on its task branch.
///
/// @param path absolute and stable across attempts
/// @param baseCommit full hash that the branch started from; never changes for one task
public record Workspace(String path, String branch, String baseCommit) {}
