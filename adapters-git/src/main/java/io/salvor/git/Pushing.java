package io.salvor.git;

import io.salvor.domain.workspace.PushOrder;
import io.salvor.domain.workspace.PushOutcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/// Pushes a commit, and never by force. Safe for use by many threads.
///
/// The repository is not held meanwhile: a network takes its time, and nothing here changes what
/// others work on. Pushes of one repository wait for each other, so that none is refused only for
/// another of ours.
final class Pushing {
  private static final int WORDS = 600;
  private static final Pattern CREDENTIALS = Pattern.compile("://[^/@\\s]+@");

  private final ConcurrentHashMap<Path, ReentrantLock> turns = new ConcurrentHashMap<>();
  private final Git git;

  Pushing(Git git) {
    this.git = git;
  }

  List<String> remotes(ProjectRepository repository) throws IOException {
    return git.must(GitCall.read(place(repository), "remote")).out().lines().toList();
  }

  PushOutcome push(ProjectRepository repository, PushOrder order) throws IOException {
    ReentrantLock turn = turns.computeIfAbsent(repository.commonDir(), _ -> new ReentrantLock());
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before a push to " + order.remote());
    }
    try {
      return pushNow(repository, order);
    } catch (GitFailed e) {
      return new PushOutcome.Refused(String.valueOf(e.getMessage()));
    } finally {
      turn.unlock();
    }
  }

  private PushOutcome pushNow(ProjectRepository repository, PushOrder order) throws IOException {
    String ref = "refs/heads/" + order.branch();
    if (!Repository.isValidRefName(ref)) {
      return new PushOutcome.Refused("'" + order.branch() + "' is no branch");
    }
    GitResult pushed =
        git.run(
            unasking(
                GitCall.write(
                    place(repository),
                    "push",
                    "--porcelain",
                    "--no-verify",
                    "--no-follow-tags",
                    "--no-recurse-submodules",
                    "--",
                    order.remote(),
                    order.commit() + ":" + ref)));
    return pushed.ok() || hasAlready(repository, order, ref)
        ? new PushOutcome.Pushed()
        : new PushOutcome.Refused(words(pushed));
  }

  /// Whether the remote stands at that commit or after it. What others did on top of it cannot be
  /// told from what they did beside it, unless it came here too.
  private boolean hasAlready(ProjectRepository repository, PushOrder order, String ref)
      throws IOException {
    GitResult listed =
        git.run(unasking(GitCall.read(place(repository), "ls-remote", "--", order.remote(), ref)));
    Optional<ObjectId> there =
        listed
            .out()
            .lines()
            .map(line -> line.split("\t", 2))
            .filter(parts -> parts.length == 2 && parts[1].equals(ref))
            .map(parts -> parts[0])
            .filter(ObjectId::isId)
            .findFirst()
            .map(ObjectId::fromString);
    return listed.ok()
        && there.isPresent()
        && repository.history().commit(there.get().name()).isPresent()
        && repository.history().contains(there.get(), ObjectId.fromString(order.commit()));
  }

  /// As git itself runs in the project: a remote's address may be relative to it.
  private static GitPlace place(ProjectRepository repository) {
    return GitPlace.at(repository.root());
  }

  /// Nobody is there to type a password: what is not in a credential helper or an agent is missing.
  private static GitCall unasking(GitCall call) {
    return call.with("GIT_ASKPASS", "false")
        .with("SSH_ASKPASS", "false")
        .with("SSH_ASKPASS_REQUIRE", "force");
  }

  private static String words(GitResult refused) {
    Stream<String> refs =
        refused
            .out()
            .lines()
            .filter(line -> line.startsWith("!\t"))
            .map(line -> line.substring(line.lastIndexOf('\t') + 1));
    Stream<String> rest =
        refused
            .err()
            .lines()
            .map(String::strip)
            .filter(
                line -> !line.isEmpty() && !line.startsWith("hint:") && !line.startsWith("To "));
    String words = Stream.concat(refs, rest).collect(Collectors.joining("; "));
    String safe = CREDENTIALS.matcher(words).replaceAll("://");
    if (safe.isEmpty()) {
      return "git push: exit status " + refused.exit();
    }
    return safe.length() <= WORDS ? safe : safe.substring(0, WORDS - 1) + "…";
  }
}
