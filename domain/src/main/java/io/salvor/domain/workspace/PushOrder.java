package io.salvor.domain.workspace;

/// Which commit to bring into a branch of another repository.
///
/// @param remote as the project's configuration names it
/// @param branch its name, here and there, without `refs/heads/`
/// @param commit full hash
public record PushOrder(String projectRoot, String remote, String branch, String commit) {}
