package io.salvor.domain.workspace;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Repositories and workspaces in memory: every answer of the port, no file and no process. Not for
/// more than one thread.
public final class FakeWorkspaces implements Workspaces, WorkspaceWorld {
  private final SortedMap<String, Repository> repositories = new TreeMap<>();
  private long commits;

  /// A task's part of a repository.
  private static final class Plot {
    final String lineage;
    final TaskId task;
    final FakeCommit base;
    final SortedMap<Integer, FakeCommit> snapshots = new TreeMap<>();
    final SortedMap<Integer, FakeCommit> heads = new TreeMap<>();
    FakeCommit tip;
    int start;
    boolean registered;
    @Nullable SortedMap<String, String> files;
    @Nullable FakeCommit broughtIn;
    final List<String> conflicts = new ArrayList<>();

    Plot(WorkspaceOrder order, FakeCommit base) {
      this.lineage = order.lineage();
      this.task = order.task();
      this.base = base;
      this.tip = base;
    }

    boolean ownedBy(WorkspaceOrder order) {
      return lineage.equals(order.lineage()) && task.equals(order.task());
    }

    List<String> dirty() {
      return files == null ? List.of() : FakeCommit.changed(tip.files(), files);
    }

    /// One of its commits, old ones too.
    FakeCommit commit(String id) {
      return Stream.of(snapshots.values().stream(), heads.values().stream(), Stream.of(tip, base))
          .flatMap(it -> it)
          .flatMap(it -> Stream.iterate(Optional.of(it), Optional::isPresent, FakeCommit::before))
          .flatMap(Optional::stream)
          .filter(it -> it.id().equals(id))
          .findFirst()
          .orElseThrow();
    }

    Optional<FakeCommit> newestSnapshot() {
      SortedMap<Integer, FakeCommit> recent = snapshots.tailMap(start);
      return recent.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(recent.get(recent.lastKey()));
    }
  }

  private static final class Repository {
    final SortedMap<DisplayId, Plot> plots = new TreeMap<>();
    final SortedMap<String, String> files = new TreeMap<>();
    FakeCommit main;

    Repository(FakeCommit main) {
      this.main = main;
      files.putAll(main.files());
    }
  }

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
    repositories.put(root, new Repository(newCommit("begin", List.of(), files)));
    return root;
  }

  private FakeCommit newCommit(
      String message, List<FakeCommit> parents, SortedMap<String, String> files) {
    commits++;
    String digits = Long.toHexString(commits);
    return new FakeCommit("0".repeat(40 - digits.length()) + digits, message, parents, files);
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
    Repository repository = repositories.get(directory);
    if (repository != null) {
      return repository.files;
    }
    return plotAt(directory)
        .flatMap(plot -> Optional.ofNullable(plot.files))
        .orElseGet(TreeMap::new);
  }

  private Optional<Plot> plotAt(String directory) {
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
    Repository repository = repositories.get(directory);
    if (repository != null) {
      repository.main = newCommit(message, List.of(repository.main), repository.files);
      return repository.main.id();
    }
    Plot plot = plotAt(directory).orElseThrow();
    plot.tip =
        newCommit(
            message,
            plot.broughtIn == null ? List.of(plot.tip) : List.of(plot.tip, plot.broughtIn),
            files(directory));
    plot.broughtIn = null;
    plot.conflicts.clear();
    return plot.tip.id();
  }

  @Override
  public void lose(String directory) {
    plotAt(directory).orElseThrow().files = null;
  }

  // the port

  @Override
  public ProjectView inspectProject(String directory) {
    Repository repository = repositories.get(directory);
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
  public Preparation prepare(WorkspaceOrder order, int attempt, boolean fresh) {
    Repository repository = repositories.get(order.projectRoot());
    if (repository == null) {
      return new Preparation.Refused(notOne(order.projectRoot()));
    }
    Optional<WorkspaceProblem> problem = problem(repository, order);
    if (problem.isPresent()) {
      return new Preparation.Refused(problem.get());
    }
    Plot plot =
        repository.plots.computeIfAbsent(order.display(), _ -> new Plot(order, repository.main));
    if (fresh && plot.start < attempt) {
      startAfresh(plot, attempt);
    }
    boolean created = plot.files == null;
    if (created) {
      build(repository, plot, order);
    }
    return new Preparation.Ready(
        new Workspace(path(order.projectRoot(), order.display()), order.branch(), plot.base.id()),
        created);
  }

  private static Optional<WorkspaceProblem> problem(Repository repository, WorkspaceOrder order) {
    Plot plot = repository.plots.get(order.display());
    if (plot != null && !plot.ownedBy(order)) {
      return Optional.of(
          new WorkspaceProblem(
              Kind.FOREIGN_OWNER, order.display() + " belongs to task " + plot.task, ""));
    }
    String base = order.base().orElse("HEAD");
    if (plot == null && !List.of("HEAD", "main", repository.main.id()).contains(base)) {
      return Optional.of(
          new WorkspaceProblem(Kind.BASE_NOT_FOUND, "'" + base + "' is no commit", ""));
    }
    return order.copy().stream()
        .filter(name -> name.startsWith("/") || name.startsWith(".."))
        .findFirst()
        .map(name -> new WorkspaceProblem(Kind.COPY_FAILED, name + " leads out", ""));
  }

  private void startAfresh(Plot plot, int attempt) {
    if (!plot.dirty().isEmpty()) {
      save(plot, attempt - 1);
    }
    plot.heads.put(attempt - 1, plot.tip);
    plot.broughtIn = null;
    plot.conflicts.clear();
    plot.tip = plot.base;
    plot.start = attempt;
    if (plot.files != null) {
      plot.files = new TreeMap<>(plot.base.files());
    }
  }

  private static void build(Repository repository, Plot plot, WorkspaceOrder order) {
    var files = new TreeMap<>(plot.tip.files());
    Optional<FakeCommit> snapshot =
        plot.newestSnapshot().filter(found -> found.parents().getFirst().equals(plot.tip));
    if (snapshot.isPresent()) {
      files.clear();
      files.putAll(snapshot.get().files());
    }
    for (String name : order.copy()) {
      Optional.ofNullable(repository.files.get(name))
          .ifPresent(content -> files.put(name, content));
    }
    plot.files = files;
    plot.registered = true;
  }

  private static String path(String root, DisplayId display) {
    return root + "-" + display;
  }

  private Optional<Plot> plot(WorkspaceOrder order) {
    Repository repository = repositories.get(order.projectRoot());
    if (repository == null) {
      throw new WorkspacesUnavailable(
          order.projectRoot() + " is gone", "", new IllegalStateException());
    }
    return Optional.ofNullable(repository.plots.get(order.display()))
        .filter(plot -> plot.ownedBy(order));
  }

  @Override
  public WorkspaceSummary inspect(WorkspaceOrder order) {
    return plot(order).map(plot -> summary(plot, Optional.empty())).orElse(WorkspaceSummary.NONE);
  }

  private static WorkspaceSummary summary(Plot plot, Optional<FakeCommit> snapshot) {
    return new WorkspaceSummary(
        plot.files != null,
        Optional.of(plot.tip.id()),
        plot.tip.ahead(plot.base),
        plot.dirty().size(),
        snapshot.map(FakeCommit::id));
  }

  @Override
  public WorkspaceSummary snapshot(WorkspaceOrder order, int attempt) {
    Optional<Plot> plot = plot(order);
    if (plot.isEmpty()) {
      return WorkspaceSummary.NONE;
    }
    if (plot.get().dirty().isEmpty()) {
      plot.get().snapshots.remove(attempt);
      return summary(plot.get(), Optional.empty());
    }
    return summary(plot.get(), Optional.of(save(plot.get(), attempt)));
  }

  private FakeCommit save(Plot plot, int attempt) {
    SortedMap<String, String> files = Optional.ofNullable(plot.files).orElseGet(TreeMap::new);
    FakeCommit last = plot.snapshots.get(attempt);
    if (last != null && last.files().equals(files) && last.parents().contains(plot.tip)) {
      return last;
    }
    FakeCommit made = newCommit("wip", List.of(plot.tip), files);
    plot.snapshots.put(attempt, made);
    return made;
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
    Plot plot = plot(order).orElse(null);
    if (plot == null) {
      return;
    }
    switch (scope) {
      case DiffScope.Committed _ -> diff(plot.base.files(), plot.tip.files(), stat, pieces);
      case DiffScope.Uncommitted _ when plot.files == null -> {}
      case DiffScope.Uncommitted _ -> diff(plot.tip.files(), files(plot), stat, pieces);
      case DiffScope.Between(var from, var to) -> {
        FakeCommit left = from.map(plot::commit).orElse(plot.base);
        diff(left.files(), plot.commit(to).files(), stat, pieces);
      }
    }
  }

  private static void diff(
      SortedMap<String, String> from,
      SortedMap<String, String> to,
      boolean stat,
      Consumer<byte[]> pieces) {
    for (String path : FakeCommit.changed(from, to)) {
      String body =
          stat
              ? path + " | 1\n"
              : "--- "
                  + path
                  + "\n-"
                  + from.getOrDefault(path, "")
                  + "\n+"
                  + to.getOrDefault(path, "");
      pieces.accept(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static SortedMap<String, String> files(Plot plot) {
    return plot.files == null ? new TreeMap<>() : plot.files;
  }

  @Override
  public MergeOutcome merge(MergeOrder order) {
    Repository repository = repositories.get(order.projectRoot());
    if (repository == null || !order.target().equals("main")) {
      return new MergeOutcome.Gone("branch " + order.target());
    }
    Plot plot = repository.plots.get(order.display());
    if (plot == null) {
      return new MergeOutcome.Gone("branch " + order.branch());
    }
    if (!plot.tip.id().equals(order.commit())) {
      return new MergeOutcome.Diverged(plot.tip.id());
    }
    FakeCommit ours = repository.main;
    if (ours.contains(plot.tip)) {
      return new MergeOutcome.Merged(ours.id());
    }
    return plot.tip.contains(ours)
        ? advance(repository, plot.tip)
        : threeWay(repository, plot, order.message());
  }

  @Override
  public Optional<BroughtIn> bringIn(WorkspaceOrder order, String target) {
    Plot plot = plot(order).orElseThrow();
    FakeCommit theirs = Objects.requireNonNull(repositories.get(order.projectRoot())).main;
    FakeCommit begun = plot.broughtIn;
    if (begun != null) {
      return Optional.of(new BroughtIn.Conflicts(plot.tip.id(), begun.id(), plot.conflicts));
    }
    if (!target.equals("main")) {
      return Optional.empty();
    }
    return Optional.of(
        plot.tip.contains(theirs) ? new BroughtIn.Clean(theirs.id()) : bringIn(plot, theirs));
  }

  private BroughtIn bringIn(Plot plot, FakeCommit theirs) {
    FakeCommit base =
        Stream.iterate(Optional.of(theirs), Optional::isPresent, FakeCommit::before)
            .flatMap(Optional::stream)
            .filter(plot.tip::contains)
            .findFirst()
            .orElse(plot.base);
    List<String> changed = FakeCommit.changed(base.files(), theirs.files());
    List<String> inTheWay = new ArrayList<>(plot.dirty());
    inTheWay.retainAll(changed);
    if (!inTheWay.isEmpty()) {
      return new BroughtIn.InTheWay(theirs.id(), inTheWay);
    }
    List<String> both = new ArrayList<>(FakeCommit.changed(base.files(), plot.tip.files()));
    both.retainAll(changed);
    both.retainAll(FakeCommit.changed(plot.tip.files(), theirs.files()));
    SortedMap<String, String> files = files(plot);
    List<String> fit = new ArrayList<>(changed);
    fit.removeAll(both);
    overlay(files, theirs.files(), fit);
    if (both.isEmpty()) {
      var merged = new TreeMap<>(plot.tip.files());
      overlay(merged, theirs.files(), fit);
      plot.tip = newCommit("merge", List.of(plot.tip, theirs), merged);
      return new BroughtIn.Clean(theirs.id());
    }
    for (String path : both) {
      files.put(
          path,
          "<<<<<<< HEAD\n"
              + files.getOrDefault(path, "")
              + "\n=======\n"
              + theirs.files().getOrDefault(path, "")
              + "\n>>>>>>> main\n");
    }
    plot.broughtIn = theirs;
    plot.conflicts.addAll(both);
    return new BroughtIn.Conflicts(plot.tip.id(), theirs.id(), both);
  }

  private MergeOutcome threeWay(Repository repository, Plot plot, String message) {
    FakeCommit ours = repository.main;
    List<String> conflicts = new ArrayList<>(FakeCommit.changed(plot.base.files(), ours.files()));
    List<String> theirs = FakeCommit.changed(plot.base.files(), plot.tip.files());
    conflicts.retainAll(theirs);
    conflicts.retainAll(FakeCommit.changed(ours.files(), plot.tip.files()));
    if (!conflicts.isEmpty()) {
      return new MergeOutcome.Conflict(conflicts);
    }
    var files = new TreeMap<>(ours.files());
    overlay(files, plot.tip.files(), theirs);
    return advance(repository, newCommit(message, List.of(ours, plot.tip), files));
  }

  private static MergeOutcome advance(Repository repository, FakeCommit to) {
    List<String> touched = FakeCommit.changed(repository.main.files(), to.files());
    List<String> dirty =
        new ArrayList<>(FakeCommit.changed(repository.main.files(), repository.files));
    dirty.retainAll(touched);
    if (!dirty.isEmpty()) {
      return new MergeOutcome.DirtyOverlap(dirty);
    }
    overlay(repository.files, to.files(), touched);
    repository.main = to;
    return new MergeOutcome.Merged(to.id());
  }

  private static void overlay(
      SortedMap<String, String> files, SortedMap<String, String> from, List<String> paths) {
    for (String path : paths) {
      String content = from.get(path);
      if (content == null) {
        files.remove(path);
      } else {
        files.put(path, content);
      }
    }
  }

  @Override
  public Removal remove(WorkspaceOrder order) {
    Plot plot = plot(order).filter(found -> found.registered).orElse(null);
    if (plot == null) {
      return new Removal.NotThere();
    }
    List<String> dirty = plot.dirty();
    boolean saved =
        plot.newestSnapshot()
            .filter(found -> found.files().equals(files(plot)))
            .filter(found -> found.parents().contains(plot.tip))
            .isPresent();
    if (!dirty.isEmpty() && !saved) {
      return new Removal.Kept(List.of("in no snapshot: " + String.join(", ", dirty)));
    }
    plot.files = null;
    plot.registered = false;
    return new Removal.Removed(List.of());
  }

  @Override
  public List<Registered> list(String projectRoot) {
    var listed = new ArrayList<Registered>();
    Repository repository = repositories.get(projectRoot);
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
