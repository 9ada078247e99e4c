package io.salvor.git;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/// Copies of tasks' branches, snapshots and marks, as git bundles. What the project's remotes have
/// is left out: a fresh clone has it. Safe for use by many threads.
public final class GitBundles {
  private static final String REMOTES = "refs/remotes/";

  private final Git git;

  /// @param gitProgram the `git` to run
  /// @param instance marks every git child, as `SALVOR_INSTANCE` in its environment
  public GitBundles(String gitProgram, String instance) {
    JGitSettings.apply();
    this.git =
        new Git(
            gitProgram,
            new ChildEnvironment(System.getenv(), instance),
            Git.Deadlines.USUAL,
            Steps.UNWATCHED);
  }

  /// What there is to keep of a project's tasks.
  ///
  /// @param refs their refs, with the commit or object that each leads to
  /// @param left tips of the remotes, whose history is left out
  public record Work(SortedMap<String, String> refs, SortedMap<String, String> left) {}

  /// What a restore of a bundle did.
  ///
  /// @param broughtBack refs that were not there and are now
  /// @param lacking refs that are not there, since what they lead to is not
  /// @param trouble why the bundle could not be unpacked; empty where it was, or was not needed
  public record BroughtBack(
      List<String> broughtBack, List<String> lacking, Optional<String> trouble) {}

  /// Looks at the refs of these tasks.
  ///
  /// @throws WorkspacesUnavailable where the project is no repository any more
  public Work work(String projectRoot, List<DisplayId> tasks) {
    return opened(
        projectRoot,
        repository -> {
          Refs refs = repository.refs(NO_LOCKS, Steps.UNWATCHED);
          var found = new TreeMap<String, String>();
          for (DisplayId task : tasks) {
            var names = new RefNames(task);
            refs.read(names.branch()).ifPresent(it -> found.put(names.branch(), it.name()));
            refs.under(names.all()).forEach((name, value) -> found.put(name, value.name()));
          }
          var left = new TreeMap<String, String>();
          refs.under(REMOTES).forEach((name, value) -> left.put(name, value.name()));
          return new Work(found, left);
        });
  }

  /// Writes a bundle of them.
  ///
  /// @param target a file that is not there yet; nor is it afterwards where the remotes have it all
  public void write(String projectRoot, Work work, Path target) {
    opened(
        projectRoot,
        repository -> {
          var input = new StringBuilder();
          work.refs().keySet().forEach(ref -> input.append(ref).append('\n'));
          work.left().keySet().forEach(ref -> input.append('^').append(ref).append('\n'));
          GitCall call =
              GitCall.write(
                      GitPlace.gitDir(repository.commonDir()),
                      "bundle",
                      "create",
                      "--quiet",
                      target.toString(),
                      "--stdin")
                  .input(input.toString());
          GitResult result = git.run(call);
          if (!result.ok() && !result.err().contains("empty bundle")) {
            throw GitFailed.of(call, result);
          }
          return target;
        });
  }

  /// Brings back what is not there any more; moves nothing that is.
  ///
  /// @param bundle may be absent where the remotes had it all
  public BroughtBack bringBack(String projectRoot, Map<String, String> refs, Path bundle) {
    return opened(
        projectRoot,
        repository -> {
          Refs there = repository.refs(NO_LOCKS, Steps.UNWATCHED);
          var missing = new TreeMap<String, String>();
          for (var ref : refs.entrySet()) {
            if (!there.exists(ref.getKey())) {
              missing.put(ref.getKey(), ref.getValue());
            }
          }
          Optional<String> trouble =
              missing.isEmpty() || !Files.exists(bundle)
                  ? Optional.empty()
                  : unpacked(repository, bundle);
          return create(repository.jgit(), there, missing, trouble);
        });
  }

  /// Why it could not be; what is there already is brought back all the same. That a project lacks
  /// what the bundle builds on is no trouble of the bundle's.
  private Optional<String> unpacked(ProjectRepository repository, Path bundle) throws IOException {
    GitCall call =
        GitCall.save(
            GitPlace.gitDir(repository.commonDir()), "bundle", "unbundle", bundle.toString());
    GitResult result = git.run(call);
    return result.ok() || result.err().contains("prerequisite")
        ? Optional.empty()
        : Optional.of(GitFailed.words(call, result));
  }

  private static BroughtBack create(
      Repository jgit, Refs refs, Map<String, String> missing, Optional<String> trouble)
      throws IOException {
    var broughtBack = new ArrayList<String>();
    var lacking = new ArrayList<String>();
    for (var ref : missing.entrySet()) {
      ObjectId value = ObjectId.fromString(ref.getValue());
      boolean has = jgit.getObjectDatabase().has(value);
      if (has && refs.create(ref.getKey(), value)) {
        broughtBack.add(ref.getKey());
      } else if (!has) {
        lacking.add(ref.getKey());
      }
    }
    return new BroughtBack(broughtBack, lacking, trouble);
  }

  private static final StaleLocks NO_LOCKS = new StaleLocks(new LiveProcesses(Path.of("/proc")));

  private interface Question<T> {
    T ask(ProjectRepository repository) throws IOException;
  }

  private static <T> T opened(String projectRoot, Question<T> question) {
    try (var repository = ProjectRepository.at(Path.of(projectRoot))) {
      return question.ask(repository);
    } catch (Unworkable e) {
      throw new WorkspacesUnavailable(e.problem().detail(), e.problem().hint(), e);
    } catch (IOException e) {
      throw new WorkspacesUnavailable(GitFailed.words(e), "", e);
    }
  }
}
