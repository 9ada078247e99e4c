package io.salvor.git;

import io.salvor.git.Commits.Identity;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// Who signs the commits that are made for a project.
final class Identities {
  private final Git git;

  Identities(Git git) {
    this.git = git;
  }

  /// Whom the project's configuration names, or Salvor.
  Identity of(ProjectRepository repository) throws IOException {
    GitResult configured =
        git.run(
            GitCall.read(
                repository.main(),
                "config",
                "-z",
                "--get-regexp",
                "^(user|author|committer)\\.(name|email)$"));
    Map<String, String> values = new TreeMap<>();
    for (String part : configured.parts()) {
      int end = part.indexOf('\n');
      if (end > 0) {
        values.put(part.substring(0, end), part.substring(end + 1).strip());
      }
    }
    String[] author = named(values, "author");
    String[] committer = named(values, "committer");
    return new Identity(author[0], author[1], committer[0], committer[1]);
  }

  private static String[] named(Map<String, String> values, String role) {
    String name = values.getOrDefault(role + ".name", values.getOrDefault("user.name", ""));
    String email = values.getOrDefault(role + ".email", values.getOrDefault("user.email", ""));
    return name.isBlank() || email.isBlank()
        ? new String[] {Commits.SALVOR.authorName(), Commits.SALVOR.authorEmail()}
        : new String[] {name, email};
  }
}
