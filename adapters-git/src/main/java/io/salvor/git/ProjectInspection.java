package io.salvor.git;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.workspace.Project;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;

/// Looks at a repository before the first task on it.
final class ProjectInspection {
  private static final String HEADS = "refs/heads/";

  private final SupportedContent content;
  private final StaleLocks staleLocks;

  ProjectInspection(SupportedContent content, StaleLocks staleLocks) {
    this.content = content;
    this.staleLocks = staleLocks;
  }

  Project of(ProjectRepository repository) throws IOException, Unworkable {
    Optional<ObjectId> head = repository.history().commit("HEAD");
    if (head.isEmpty()) {
      throw new Unworkable(
          Kind.NO_COMMITS,
          repository.root() + " has no commits",
          "commit something, even nothing: git commit --allow-empty");
    }
    content.require(repository.jgit(), repository.history().tree(head.get()));
    Optional<String> own =
        repository
            .linkedBranch()
            .filter(it -> !it.startsWith(RefNames.TASK_BRANCHES))
            .flatMap(ProjectInspection::shortName);
    Optional<String> target =
        own.isPresent() ? own : repository.mainBranch().flatMap(ProjectInspection::shortName);
    return new Project(repository.root().toString(), target, own, highestNumber(repository));
  }

  private static Optional<String> shortName(String branch) {
    return branch.startsWith(HEADS)
        ? Optional.of(branch.substring(HEADS.length()))
        : Optional.empty();
  }

  private long highestNumber(ProjectRepository repository) throws IOException {
    Refs refs = repository.refs(staleLocks, Steps.UNWATCHED);
    return Stream.concat(numbers(refs, RefNames.TASK_BRANCHES), numbers(refs, RefNames.SALVOR))
        .max(Long::compare)
        .orElse(0L);
  }

  private static Stream<Long> numbers(Refs refs, String prefix) throws IOException {
    return refs.under(prefix).keySet().stream()
        .map(ref -> ref.substring(prefix.length()).split("/", 2)[0])
        .flatMap(name -> DisplayId.parse(name).stream())
        .map(DisplayId::number);
  }
}
