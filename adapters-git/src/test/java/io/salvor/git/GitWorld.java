package io.salvor.git;

import io.salvor.domain.id.DisplayId;
import io.salvor.domain.id.TaskId;
import io.salvor.domain.workspace.WorkspaceOrder;
import io.salvor.domain.workspace.WorkspaceWorld;
import io.salvor.domain.workspace.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// Real repositories in a directory of their own, handled with the `git` program as a person would.
///
/// Nothing outside of it is read: home and configuration lie in it too.
final class GitWorld implements WorkspaceWorld {
  private final Path directory;
  private final Path home;
  private int projects;

  GitWorld(Path directory) {
    try {
      this.directory = directory.toRealPath();
      this.home = Files.createDirectories(this.directory.resolve("home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ChildEnvironment environment() {
    var variables = new TreeMap<>(System.getenv());
    variables.put("HOME", home.toString());
    variables.put("XDG_CONFIG_HOME", home.toString());
    return new ChildEnvironment(variables, "test");
  }

  GitWorkspaces workspaces(String program, Steps steps) {
    return new GitWorkspaces(
        program,
        environment(),
        new Git.Deadlines(Duration.ofSeconds(60), Duration.ofSeconds(60)),
        1 << 20,
        steps);
  }

  @Override
  public Workspaces workspaces() {
    return workspaces("git", Steps.UNWATCHED);
  }

  Path directory() {
    return directory;
  }

  @Override
  public String project() {
    projects++;
    return project("project" + projects).toString();
  }

  /// A new project in a directory of this name.
  Path project(String name) {
    Path root = directory.resolve(name);
    copy(template(), root);
    return root;
  }

  /// Copying a repository is much faster than making one.
  private Path template() {
    Path template = home.resolve("template");
    if (!Files.exists(template)) {
      git(home, "init", "--quiet", "--template=", "--initial-branch=main", template.toString());
      git(template, "config", "user.name", "Ann Author");
      git(template, "config", "user.email", "ann@example.org");
      write(template.toString(), "README", "hello");
      commit(template.toString(), "begin");
    }
    return template;
  }

  private static void copy(Path from, Path to) {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WorkspaceOrder order(Path root, int number, String... copy) {
    return new WorkspaceOrder(
        "lineage-1",
        new TaskId(new UUID(0x0190_0000_0000_7000L, number)),
        new DisplayId(number),
        root.toString(),
        Optional.empty(),
        List.of(copy));
  }

  @Override
  public void write(String checkout, String file, String content) {
    try {
      Path path = Path.of(checkout).resolve(file);
      Files.createDirectories(Optional.ofNullable(path.getParent()).orElseThrow());
      Files.writeString(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<String> read(String checkout, String file) {
    try {
      return Optional.of(Files.readString(Path.of(checkout).resolve(file)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String commit(String checkout, String message) {
    git(Path.of(checkout), "add", "--all");
    git(Path.of(checkout), "commit", "--quiet", "--allow-empty", "-m", message);
    return git(Path.of(checkout), "rev-parse", "HEAD");
  }

  @Override
  public void branchOff(String workspace, String branch, String commit) {
    git(Path.of(workspace), "switch", "--quiet", "--create", branch, commit);
  }

  @Override
  public void lose(String checkout) {
    try {
      Trees.delete(Path.of(checkout));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String remote(String project) {
    git(home, "init", "--quiet", "--bare", "--initial-branch=main", bare(project));
    git(Path.of(project), "remote", "add", "origin", bare(project));
    return "origin";
  }

  private static String bare(String project) {
    return project + "-origin.git";
  }

  @Override
  public Optional<String> pushed(String project) {
    Outcome outcome = tryGit(Path.of(bare(project)), "rev-parse", "--verify", "-q", "main");
    return outcome.exit() == 0 ? Optional.of(outcome.text().strip()) : Optional.empty();
  }

  @Override
  public String pushedByOthers(String project) {
    String clone = project + "-clone";
    git(home, "clone", "--quiet", bare(project), clone);
    String theirs = commit(clone, "theirs");
    git(Path.of(clone), "push", "--quiet", "origin", "main");
    return theirs;
  }

  /// What git prints, without the line end; it has to succeed.
  String git(Path where, String... arguments) {
    Outcome outcome = tryGit(where, arguments);
    if (outcome.exit() != 0) {
      throw new IllegalStateException(String.join(" ", arguments) + ": " + outcome.text());
    }
    return outcome.text().strip();
  }

  record Outcome(int exit, String text) {}

  Outcome tryGit(Path where, String... arguments) {
    var command = new ArrayList<String>();
    command.add("git");
    command.addAll(List.of(arguments));
    return run(where, command);
  }

  Outcome run(Path where, List<String> command) {
    try {
      var builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
      Map<String, String> variables = builder.environment();
      variables.keySet().removeIf(name -> name.startsWith("GIT_"));
      variables.put("HOME", home.toString());
      variables.put("XDG_CONFIG_HOME", home.toString());
      variables.put("GIT_AUTHOR_NAME", "Ann Author");
      variables.put("GIT_AUTHOR_EMAIL", "ann@example.org");
      variables.put("GIT_COMMITTER_NAME", "Ann Author");
      variables.put("GIT_COMMITTER_EMAIL", "ann@example.org");
      Process process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " does not end");
      }
      return new Outcome(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Everything a person would call their own in a checkout: HEAD, branches, index and files with
  /// their contents.
  String portrait(Path checkout) {
    var text = new StringBuilder();
    text.append(tryGit(checkout, "symbolic-ref", "HEAD").text());
    text.append(git(checkout, "rev-parse", "HEAD")).append('\n');
    text.append(git(checkout, "ls-files", "--stage")).append('\n');
    text.append(git(checkout, "status", "--porcelain=v1", "-uall", "--ignored")).append('\n');
    text.append(git(checkout, "stash", "list")).append('\n');
    try (var files = Files.walk(checkout)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!checkout.relativize(file).startsWith(".git")) {
          text.append(checkout.relativize(file)).append('=').append(Files.readString(file));
          text.append('\n');
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// All refs of a repository with their values.
  String refs(Path root) {
    return git(root, "for-each-ref", "--format=%(refname) %(objectname)");
  }
}
