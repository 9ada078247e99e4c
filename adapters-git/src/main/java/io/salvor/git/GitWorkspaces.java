package io.salvor.git;

import io.salvor.domain.workspace.BroughtIn;
import io.salvor.domain.workspace.DiffScope;
import io.salvor.domain.workspace.MergeOrder;
import io.salvor.domain.workspace.MergeOutcome;
import io.salvor.domain.workspace.MergeTrial;
import io.salvor.domain.workspace.Preparation;
import io.salvor.domain.workspace.ProjectView;
import io.salvor.domain.workspace.PushOrder;
import io.salvor.domain.workspace.PushOutcome;
import io.salvor.domain.workspace.Removal;
import io.salvor.domain.workspace.RescueOutcome;
import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.WorkspaceSummary;
import io.salvor.domain.workspace.Workspaces;
import io.salvor.domain.workspace.WorkspacesUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/// Workspaces as git worktrees.
///
/// JGit answers what can be answered from refs and objects, so that finding a workspace ready
/// starts no process; the `git` program does whatever touches a checkout. Safe for use by many
/// threads; one instance serves a whole server.
public final class GitWorkspaces implements Workspaces {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Steps steps;
  private final GitVersion version;
  private final StaleLocks staleLocks;
  private final ProjectInspection projects;
  private final ProjectLocks locks = new ProjectLocks(PATIENCE);
  private final OwnBranch ownBranch;
  private final Inspecting inspecting;
  private final Briefing briefing;
  private final Diffs diffs;
  private final Snapshots snapshots;
  private final Preparing preparing;
  private final BringingIn bringingIn;
  private final Rescuing rescuing;
  private final Merging merging;
  private final Trying trying;
  private final Pushing pushing;
  private final Removing removing;

  /// @param gitProgram the `git` to run: a path, or a name to look up in PATH
  /// @param instance marks every git child, as `SALVOR_INSTANCE` in its environment
  public GitWorkspaces(String gitProgram, String instance) {
    this(
        gitProgram,
        new ChildEnvironment(System.getenv(), instance),
        Git.Deadlines.USUAL,
        Snapshots.FILE_LIMIT_BYTES,
        Steps.UNWATCHED);
  }

  GitWorkspaces(
      String gitProgram,
      ChildEnvironment environment,
      Git.Deadlines deadlines,
      long fileLimitBytes,
      Steps steps) {
    JGitSettings.apply();
    this.steps = steps;
    var git = new Git(gitProgram, environment, deadlines, steps);
    var processes = new LiveProcesses(Path.of("/proc"));
    this.staleLocks = new StaleLocks(processes);
    var making = new Making(git, new Restoring(git), staleLocks, steps);
    var mending = new Mending(git, making, staleLocks, steps);
    this.ownBranch = new OwnBranch(git, staleLocks);
    var content = new SupportedContent();
    this.version = new GitVersion(git);
    this.projects = new ProjectInspection(content, staleLocks);
    this.inspecting = new Inspecting(git);
    this.briefing = new Briefing(git);
    this.diffs = new Diffs(git);
    this.snapshots = new Snapshots(git, fileLimitBytes);
    this.preparing =
        new Preparing(
            new Claim(content),
            making,
            mending,
            ownBranch,
            new Reregistering(steps),
            new FreshStart(git, snapshots, ownBranch),
            new Keeping(git));
    var identities = new Identities(git);
    this.bringingIn = new BringingIn(git, identities);
    this.rescuing = new Rescuing(git, identities);
    var mergeCommit = new MergeCommit(git, identities);
    this.merging = new Merging(git, mergeCommit, new Advancing(git), staleLocks, steps);
    this.trying = new Trying(git, mergeCommit);
    this.pushing = new Pushing(git);
    this.removing = new Removing(git, snapshots, making, processes, steps);
  }

  @Override
  public ProjectView inspectProject(String directory) {
    return answered(() -> {
      try {
        version.require();
        try (var repository = ProjectRepository.open(Path.of(directory))) {
          return new ProjectView.Usable(projects.of(repository));
        }
      } catch (Unworkable e) {
        return new ProjectView.Unusable(e.problem());
      }
    });
  }

  @Override
  public boolean hasBranch(String projectRoot, String name) {
    String ref = "refs/heads/" + name;
    return Repository.isValidRefName(ref)
        && opened(projectRoot, it -> it.refs(staleLocks, Steps.UNWATCHED).exists(ref));
  }

  @Override
  public boolean hasCommit(String projectRoot, String revision) {
    return opened(projectRoot, it -> it.history().commit(revision).isPresent());
  }

  @Override
  public Preparation prepare(WorkspaceOrder order, int attempt, boolean fresh) {
    return answered(() -> {
      try {
        version.require();
        try (var repository = ProjectRepository.at(Path.of(order.projectRoot()))) {
          CopiedFiles copies = CopiedFiles.plan(repository, order.copy());
          return held(
              repository,
              () -> preparing.prepare(site(repository, order), order, copies, attempt, fresh));
        }
      } catch (Unworkable e) {
        return new Preparation.Refused(e.problem());
      }
    });
  }

  @Override
  public Optional<BroughtIn> bringIn(WorkspaceOrder order, String target) {
    return opened(
        order.projectRoot(),
        repository -> held(repository, () -> bringingIn.bringIn(site(repository, order), target)));
  }

  @Override
  public WorkspaceSummary inspect(WorkspaceOrder order) {
    return opened(order.projectRoot(), repository -> inspecting.inspect(site(repository, order)));
  }

  @Override
  public WorkspaceSummary snapshot(WorkspaceOrder order, int attempt) {
    return opened(
        order.projectRoot(),
        repository -> held(repository, () -> snapshot(site(repository, order), attempt)));
  }

  /// Only what is kept is moved: the snapshot comes first.
  private WorkspaceSummary snapshot(Site site, int attempt) throws IOException, Unworkable {
    Optional<Registration> standing = Inspecting.standing(site);
    if (standing.isEmpty()) {
      return Inspecting.gone(site);
    }
    Snapshots.Taken taken = snapshots.take(site, standing.get(), attempt);
    Optional<String> elsewhere = ownBranch.comeBack(site, standing.get());
    return Inspecting.summary(site, true, taken.uncommittedFiles(), taken.commit())
        .standing(elsewhere);
  }

  @Override
  public Optional<String> save(WorkspaceOrder order, int attempt) {
    return opened(
        order.projectRoot(),
        repository -> held(repository, () -> save(site(repository, order), attempt)));
  }

  private Optional<String> save(Site site, int attempt) throws IOException {
    Optional<Registration> standing = Inspecting.standing(site);
    return standing.isEmpty()
        ? Optional.empty()
        : snapshots.take(site, standing.get(), attempt).commit().map(ObjectId::name);
  }

  @Override
  public List<String> unresolved(WorkspaceOrder order) {
    return opened(
        order.projectRoot(), repository -> inspecting.unresolved(site(repository, order)));
  }

  @Override
  public RescueOutcome rescue(WorkspaceOrder order, String message) {
    return opened(
        order.projectRoot(),
        repository -> held(repository, () -> rescuing.rescue(site(repository, order), message)));
  }

  @Override
  public String briefing(WorkspaceOrder order) {
    return opened(order.projectRoot(), repository -> briefing.of(site(repository, order)));
  }

  @Override
  public void diff(WorkspaceOrder order, DiffScope scope, boolean stat, Consumer<byte[]> pieces) {
    opened(
        order.projectRoot(),
        repository -> {
          Site site = site(repository, order);
          switch (scope) {
            case DiffScope.Committed _ -> diffs.committed(site, stat, pieces);
            case DiffScope.Uncommitted _ -> diffs.uncommitted(site, stat, pieces);
            case DiffScope.Between between -> diffs.between(site, between, stat, pieces);
          }
          return site;
        });
  }

  @Override
  public MergeTrial tryMerge(WorkspaceOrder order, MergeOrder merge) {
    return opened(
        order.projectRoot(),
        repository -> {
          CopiedFiles copies = CopiedFiles.plan(repository, order.copy());
          return held(repository, () -> trying.make(site(repository, order), merge, copies));
        });
  }

  @Override
  public void endTrial(WorkspaceOrder order) {
    opened(
        order.projectRoot(),
        repository -> held(repository, () -> trying.clear(site(repository, order))));
  }

  @Override
  public MergeOutcome merge(MergeOrder order) {
    return answered(() -> {
      try {
        version.require();
        try (var repository = ProjectRepository.at(Path.of(order.projectRoot()))) {
          return held(repository, () -> merging.merge(repository, order));
        }
      } catch (Unworkable e) {
        return new MergeOutcome.Failed(e.problem().detail());
      }
    });
  }

  @Override
  public PushOutcome push(PushOrder order) {
    return opened(order.projectRoot(), repository -> pushing.push(repository, order));
  }

  @Override
  public List<String> remotes(String projectRoot) {
    return opened(projectRoot, pushing::remotes);
  }

  @Override
  public Removal remove(WorkspaceOrder order) {
    return opened(
        order.projectRoot(),
        repository -> held(repository, () -> removing.remove(site(repository, order))));
  }

  @Override
  public List<Registered> list(String projectRoot) {
    return opened(
        projectRoot,
        repository -> {
          var listed = new ArrayList<Registered>();
          for (Registration registration : Registration.all(repository)) {
            registration.listed().ifPresent(listed::add);
          }
          return List.copyOf(listed);
        });
  }

  private Site site(ProjectRepository repository, WorkspaceOrder order) {
    return Site.of(repository, order, staleLocks, steps);
  }

  private interface Question<T> {
    T ask() throws IOException, Unworkable;
  }

  private interface OpenQuestion<T> {
    T ask(ProjectRepository repository) throws IOException, Unworkable;
  }

  private <T> T held(ProjectRepository repository, Question<T> question)
      throws IOException, Unworkable {
    try (ProjectLocks.Held _ = locks.hold(repository.commonDir())) {
      return question.ask();
    }
  }

  private <T> T opened(String projectRoot, OpenQuestion<T> question) {
    return answered(() -> {
      version.require();
      try (var repository = ProjectRepository.at(Path.of(projectRoot))) {
        return question.ask(repository);
      }
    });
  }

  /// The one place where trouble with git or the disk becomes the port's exception.
  private static <T> T answered(Question<T> question) {
    try {
      return question.ask();
    } catch (Unworkable e) {
      throw new WorkspacesUnavailable(e.problem().detail(), e.problem().hint(), e);
    } catch (IOException e) {
      throw new WorkspacesUnavailable(GitFailed.words(e), "", e);
    }
  }
}
