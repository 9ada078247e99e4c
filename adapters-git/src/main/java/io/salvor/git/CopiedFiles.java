package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Files that a project wants in each new workspace although git does not know them, such as
/// `.env`.
///
/// @param root the project's main checkout
/// @param names relative to it, checked: nothing outside of it is ever read, nothing outside of a
///   workspace written
record CopiedFiles(Path root, List<Path> names) {
  CopiedFiles {
    names = List.copyOf(names);
  }

  /// Checks the names; a bare repository has no files to copy.
  static CopiedFiles plan(ProjectRepository repository, List<String> wanted) throws Unworkable {
    var names = new ArrayList<Path>();
    for (String name : wanted) {
      names.add(checked(name));
    }
    return new CopiedFiles(repository.root(), repository.bare() ? List.of() : names);
  }

  private static Path checked(String name) throws Unworkable {
    try {
      Path path = Path.of(name).normalize();
      boolean inside = !path.isAbsolute() && !path.startsWith("..") && !path.toString().isEmpty();
      if (inside && !path.startsWith(".git")) {
        return path;
      }
    } catch (InvalidPathException _) {
      // no more a path inside the project than the others
    }
    throw failed("'" + name + "' is not a path inside the project");
  }

  void into(Path workspace) throws IOException, Unworkable {
    copyAll(workspace, true);
  }

  /// Leaves those alone that are there.
  void missingInto(Path workspace) throws IOException, Unworkable {
    copyAll(workspace, false);
  }

  private void copyAll(Path workspace, boolean replace) throws IOException, Unworkable {
    for (Path name : names) {
      Path source = root.resolve(name);
      if (Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
        requireInside(root, source);
        copy(source.toRealPath(), workspace.resolve(name), workspace, replace);
      }
    }
  }

  private void copy(Path source, Path target, Path workspace, boolean replace)
      throws IOException, Unworkable {
    if (Files.isRegularFile(source)) {
      copyFile(source, target, workspace, replace);
      return;
    }
    if (!Files.isDirectory(source)) {
      throw failed(source + " is neither a file nor a directory");
    }
    var found = new ArrayList<Path>();
    Files.walkFileTree(
        source,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            found.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    for (Path file : found) {
      copyFile(file, target.resolve(source.relativize(file)), workspace, replace);
    }
  }

  /// Copies one file or one symbolic link, by way of a draft, so that no half of it is ever seen.
  private void copyFile(Path source, Path target, Path workspace, boolean replace)
      throws IOException, Unworkable {
    if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean link = Files.isSymbolicLink(source);
    if (link) {
      requireInside(root, source);
    } else if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
      throw failed(source + " is not a regular file");
    }
    Path folder = target.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("no folder: " + target);
    }
    Path existing = folder;
    while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    requireInside(workspace, existing);
    Files.createDirectories(folder);
    Path draft = folder.resolve(".salvor-copy");
    Files.deleteIfExists(draft);
    Files.copy(source, draft, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void requireInside(Path boundary, Path path) throws IOException, Unworkable {
    Path real;
    try {
      real = path.toRealPath();
    } catch (NoSuchFileException e) {
      throw failed(path + " is a link that leads nowhere");
    }
    if (!real.startsWith(boundary.toRealPath())) {
      throw failed(path + " leads out of " + boundary);
    }
    if (real.startsWith(boundary.toRealPath().resolve(".git"))) {
      throw failed(path + " leads into git's own directory");
    }
  }

  private static Unworkable failed(String detail) {
    return new Unworkable(Kind.COPY_FAILED, detail, "mend the project's `copy` setting");
  }
}
