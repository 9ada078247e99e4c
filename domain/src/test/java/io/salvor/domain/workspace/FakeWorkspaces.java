package io.salvor.domain.workspace;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Repositories and workspaces in memory: every answer of the port, no file and no process. Not for
/// more than one thread.
public final class FakeWorkspaces implements Workspaces, WorkspaceWorld {
  private final SortedMap<String, FakeRepository> repositories = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, String>> trials = new TreeMap<>();
  private final FakeCommits commits = new FakeCommits();
  private final FakeMerging merging = new FakeMerging(commits);
  private final FakeSnapshots snapshots = new FakeSnapshots(commits);

  // the world

  @Override
  public Workspaces workspaces() {
    return this;
  }

  @Override
  public String project() {
    var files = new TreeMap<String, String>();
    files.put("README", "hello");
    String root = "/projects/p" + (repositories.size() + 1);
    repositories.put(root, new FakeRepository(commits.make("begin", List.of(), files)));
    return root;
  }

  @Override
  public String remote(String project) {
    repository(project).origin = new FakeRepository.Remote();
    return "origin";
  }

  @Override
  public Optional<String> pushed(String project) {
    FakeRepository.Remote origin = repository(project).origin;
    return origin == null ? Optional.empty() : Optional.ofNullable(origin.main).map(FakeCommit::id);
  }

  @Override
  public String pushedByOthers(String project) {
    FakeRepository repository = repository(project);
    FakeRepository.Remote origin = Objects.requireNonNull(repository.origin);
    FakeCommit before = Objects.requireNonNull(origin.main);
    FakeCommit theirs = commits.make("theirs", List.of(before), before.files());
    origin.main = theirs;
    return theirs.id();
  }

  private FakeRepository repository(String project) {
    return Objects.requireNonNull(repositories.get(project));
  }

  @Override
  public void write(String directory, String file, String content) {
    files(directory).put(file, content);
  }

  @Override
  public Optional<String> read(String directory, String file) {
    return Optional.ofNullable(files(directory).get(file));
  }

  private SortedMap<String, String> files(String directory) {
    FakeRepository repository = repositories.get(directory);
    if (repository != null) {
      return repository.files;
    }
    if (trials.containsKey(directory)) {
      return trials.get(directory);
    }
    return plotAt(directory)
        .flatMap(plot -> Optional.ofNullable(plot.files))
        .orElseGet(TreeMap::new);
  }

  private Optional<FakePlot> plotAt(String directory) {
    for (var repository : repositories.entrySet()) {
      for (var plot : repository.getValue().plots.entrySet()) {
        if (directory.equals(path(repository.getKey(), plot.getKey()))) {
          return Optional.of(plot.getValue());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public String commit(String directory, String message) {
    FakeRepository repository = repositories.get(directory);
    if (repository != null) {
      repository.main = commits.make(message, List.of(repository.main), repository.files);
      return repository.main.id();
    }
    FakePlot plot = plotAt(directory).orElseThrow();
    FakeCommit at = plot.head();
    plot.advance(
        commits.make(
            message,
            plot.broughtIn == null ? List.of(at) : List.of(at, plot.broughtIn),
            files(directory)));
    plot.broughtIn = null;
    plot.conflicts.clear();
    return plot.head().id();
  }

  @Override
  public void branchOff(String workspace, String branch, String commit) {
    FakePlot plot = plotAt(workspace).orElseThrow();
    plot.branchOff(branch, plot.commit(commit));
  }

  @Override
  public void lose(String directory) {
    plotAt(directory).orElseThrow().files = null;
  }

  // the port

  @Override
  public ProjectView inspectProject(String directory) {
    FakeRepository repository = repositories.get(directory);
    if (repository == null) {
      return new ProjectView.Unusable(notOne(directory));
    }
    long highest = repository.plots.isEmpty() ? 0 : repository.plots.lastKey().number();
    return new ProjectView.Usable(new Project(directory, Optional.of("main"), highest));
  }

  private static WorkspaceProblem notOne(String directory) {
    return new WorkspaceProblem(
        Kind.NOT_A_REPOSITORY, directory + " is not in a git repository", "");
  }

  @Override
  public boolean hasBranch(String projectRoot, String name) {
    return name.equals("main")
        || repository(projectRoot).plots.keySet().stream()
            .anyMatch(it -> name.equals("task/" + it));
  }

  @Override
  public boolean hasCommit(String projectRoot, String revision) {
    return List.of("HEAD", "main", repository(projectRoot).main.id()).contains(revision);
  }

  @Override
  public Preparation prepare(WorkspaceOrder order, int attempt, boolean fresh) {
    FakeRepository repository = repositories.get(order.projectRoot());
    if (repository == null) {
      return new Preparation.Refused(notOne(order.projectRoot()));
    }
    Optional<WorkspaceProblem> problem = problem(repository, order);
    if (problem.isPresent()) {
      return new Preparation.Refused(problem.get());
    }
    FakePlot plot =
        repository.plots.computeIfAbsent(
            order.display(), _ -> new FakePlot(order, repository.main));
    String path = path(order.projectRoot(), order.display());
    if (fresh && plot.start < attempt) {
      startAfresh(plot, attempt);
      if (plot.files != null) {
        copy(repository, order, plot.files);
      }
    }
    Optional<String> elsewhere = plot.comeBack();
    if (elsewhere.isPresent()) {
      return new Preparation.Refused(
          new WorkspaceProblem(Kind.ON_ANOTHER_BRANCH, path + " is on " + elsewhere.get(), ""));
    }
    boolean created = plot.files == null;
    if (created) {
      build(repository, plot, order);
    }
    return new Preparation.Ready(new Workspace(path, order.branch(), plot.base.id()), created);
  }

  private Optional<WorkspaceProblem> problem(FakeRepository repository, WorkspaceOrder order) {
    FakePlot plot = repository.plots.get(order.display());
    if (plot != null && !plot.ownedBy(order)) {
      return Optional.of(
          new WorkspaceProblem(
              Kind.FOREIGN_OWNER, order.display() + " belongs to task " + plot.task, ""));
    }
    String base = order.base().orElse("HEAD");
    if (plot == null && !hasCommit(order.projectRoot(), base)) {
      return Optional.of(
          new WorkspaceProblem(Kind.BASE_NOT_FOUND, "'" + base + "' is no commit", ""));
    }
    return order.copy().stream()
        .filter(name -> name.startsWith("/") || name.startsWith(".."))
        .findFirst()
        .map(name -> new WorkspaceProblem(Kind.COPY_FAILED, name + " leads out", ""));
  }

  private void startAfresh(FakePlot plot, int attempt) {
    if (!plot.dirty().isEmpty()) {
      snapshots.save(plot, attempt - 1);
    }
    plot.heads.put(attempt - 1, plot.tip);
    plot.broughtIn = null;
    plot.conflicts.clear();
    plot.forgetBranch();
    plot.tip = plot.base;
    plot.start = attempt;
    if (plot.files != null) {
      plot.files = new TreeMap<>(plot.base.files());
    }
  }

  private static void build(FakeRepository repository, FakePlot plot, WorkspaceOrder order) {
    var files = new TreeMap<>(plot.tip.files());
    Optional<FakeCommit> snapshot = plot.restorable();
    if (snapshot.isPresent()) {
      files.clear();
      files.putAll(snapshot.get().files());
    }
    copy(repository, order, files);
    plot.files = files;
    plot.registered = true;
  }

  private static void copy(
      FakeRepository repository, WorkspaceOrder order, SortedMap<String, String> files) {
    for (String name : order.copy()) {
      Optional.ofNullable(repository.files.get(name))
          .ifPresent(content -> files.put(name, content));
    }
  }

  private static String path(String root, DisplayId display) {
    return root + "-" + display;
  }

  private Optional<FakePlot> plot(WorkspaceOrder order) {
    FakeRepository repository = repositories.get(order.projectRoot());
    if (repository == null) {
      throw new WorkspacesUnavailable(
          order.projectRoot() + " is gone", "", new IllegalStateException());
    }
    return Optional.ofNullable(repository.plots.get(order.display()))
        .filter(plot -> plot.ownedBy(order));
  }

  @Override
  public WorkspaceSummary inspect(WorkspaceOrder order) {
    return plot(order).map(FakeSnapshots::inspect).orElse(WorkspaceSummary.NONE);
  }

  @Override
  public WorkspaceSummary snapshot(WorkspaceOrder order, int attempt) {
    return plot(order).map(it -> snapshots.take(it, attempt)).orElse(WorkspaceSummary.NONE);
  }

  @Override
  public Optional<String> save(WorkspaceOrder order, int attempt) {
    return plot(order).flatMap(it -> snapshots.save(it, attempt)).map(FakeCommit::id);
  }

  @Override
  public String briefing(WorkspaceOrder order) {
    var text = new StringBuilder();
    plot(order)
        .ifPresent(plot -> {
          for (FakeCommit at = plot.tip; !plot.base.contains(at); at = at.parents().getFirst()) {
            text.append(at.id(), 0, 7).append(' ').append(at.message()).append('\n');
          }
          for (String path : FakeCommit.changed(plot.base.files(), plot.tip.files())) {
            text.append(path).append('\n');
          }
          plot.dirty().forEach(path -> text.append("?? ").append(path).append('\n'));
        });
    return text.toString();
  }

  @Override
  public void diff(WorkspaceOrder order, DiffScope scope, boolean stat, Consumer<byte[]> pieces) {
    FakePlot plot = plot(order).orElse(null);
    if (plot == null) {
      return;
    }
    FakeDiffs.of(plot, scope, stat, pieces);
  }

  @Override
  public List<String> unresolved(WorkspaceOrder order) {
    FakeRepository repository = repositories.get(order.projectRoot());
    FakePlot plot = repository == null ? null : repository.plots.get(order.display());
    return plot == null ? List.of() : List.copyOf(plot.conflicts);
  }

  @Override
  public MergeTrial tryMerge(WorkspaceOrder order, MergeOrder merge) {
    FakeRepository repository = repositories.get(merge.projectRoot());
    FakePlot plot = repository == null ? null : repository.plots.get(merge.display());
    if (repository == null
        || plot == null
        || !merge.target().equals("main")
        || !plot.tip.id().equals(merge.commit())) {
      return new MergeTrial.NothingNew(Optional.empty());
    }
    Optional<SortedMap<String, String>> files = merging.tried(repository, plot, merge.unchecked());
    if (files.isEmpty()) {
      return new MergeTrial.NothingNew(Optional.of(repository.main.id()));
    }
    String path = "/trials/" + merge.display();
    trials.put(path, files.get());
    return new MergeTrial.Stands(path, repository.main.id());
  }

  @Override
  public void endTrial(WorkspaceOrder order) {
    trials.remove("/trials/" + order.display());
  }

  @Override
  public MergeOutcome merge(MergeOrder order) {
    FakeRepository repository = repositories.get(order.projectRoot());
    if (repository == null || !order.target().equals("main")) {
      return new MergeOutcome.Gone("branch " + order.target());
    }
    FakePlot plot = repository.plots.get(order.display());
    if (plot == null) {
      return new MergeOutcome.Gone("branch " + order.branch());
    }
    if (!plot.tip.id().equals(order.commit())) {
      return new MergeOutcome.Diverged(plot.tip.id());
    }
    String main = repository.main.id();
    if (!repository.main.contains(plot.tip)
        && order.onto().filter(it -> !it.equals(main)).isPresent()) {
      return new MergeOutcome.TargetMoved(main);
    }
    return repository.main.contains(plot.tip)
        ? new MergeOutcome.Merged(repository.main.id())
        : merging.merge(repository, plot, order.message());
  }

  @Override
  public Optional<BroughtIn> bringIn(WorkspaceOrder order, String target) {
    FakePlot plot = plot(order).orElseThrow();
    FakeCommit theirs = Objects.requireNonNull(repositories.get(order.projectRoot())).main;
    FakeCommit begun = plot.broughtIn;
    if (begun != null) {
      return Optional.of(new BroughtIn.Conflicts(plot.tip.id(), begun.id(), plot.conflicts));
    }
    if (!target.equals("main")) {
      return Optional.empty();
    }
    return Optional.of(
        plot.tip.contains(theirs)
            ? new BroughtIn.Clean(theirs.id())
            : merging.bringIn(plot, theirs));
  }

  @Override
  public RescueOutcome rescue(WorkspaceOrder order, String message) {
    FakePlot plot = plot(order).orElseThrow();
    if (!plot.conflicts.isEmpty()) {
      return new RescueOutcome.Refused(
          "conflicts are left in " + String.join(", ", plot.conflicts));
    }
    List<String> left = plot.dirty();
    if (!left.isEmpty()) {
      plot.tip = commits.make(message, List.of(plot.tip), plot.there());
    }
    return new RescueOutcome.Rescued(plot.tip.id(), left);
  }

  @Override
  public PushOutcome push(PushOrder order) {
    return repository(order.projectRoot()).push(order);
  }

  @Override
  public List<String> remotes(String projectRoot) {
    return repository(projectRoot).origin == null ? List.of() : List.of("origin");
  }

  @Override
  public Removal remove(WorkspaceOrder order) {
    FakePlot plot = plot(order).filter(found -> found.registered).orElse(null);
    if (plot == null) {
      return new Removal.NotThere();
    }
    List<String> dirty = plot.dirty();
    if (!dirty.isEmpty() && !FakeSnapshots.saved(plot)) {
      return new Removal.Kept(List.of("in no snapshot: " + String.join(", ", dirty)));
    }
    plot.files = null;
    plot.registered = false;
    return new Removal.Removed(List.of());
  }

  @Override
  public List<Registered> list(String projectRoot) {
    var listed = new ArrayList<Registered>();
    FakeRepository repository = repositories.get(projectRoot);
    if (repository != null) {
      repository.plots.forEach((display, plot) -> {
        if (plot.registered) {
          listed.add(
              new Registered(
                  display, plot.lineage, path(projectRoot, display), plot.files != null));
        }
      });
    }
    return listed;
  }
}
