package io.salvor.simulator.bugs;

import io.salvor.simulator.StoryTeller;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The simulator with a fault compiled into it, in classes of its own.
final class Mutant implements AutoCloseable {
  private final URLClassLoader loader;

  private Mutant(URLClassLoader loader) {
    this.loader = loader;
  }

  /// Makes it.
  ///
  /// @param root of the repository
  /// @param folder empty, for the faulty sources and classes
  static Mutant of(Bug bug, Path root, Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String classPath = System.getProperty("java.class.path");
    compile(bug, sources(bug, root, folder), classes, classPath);
    var urls = new ArrayList<URL>();
    urls.add(classes.toUri().toURL());
    for (String element : classPath.split(File.pathSeparator, -1)) {
      urls.add(Path.of(element).toUri().toURL());
    }
    return new Mutant(
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
  }

  private static List<Path> sources(Bug bug, Path root, Path folder) throws IOException {
    var sources = new ArrayList<Path>();
    for (Bug.Edit edit : bug.edits()) {
      Path copy = folder.resolve(edit.file());
      Files.createDirectories(copy.getParent());
      boolean again = sources.contains(copy);
      Path from = again ? copy : root.resolve(edit.file());
      Files.writeString(copy, edit.in(Files.readString(from)));
      if (!again) {
        sources.add(copy);
      }
    }
    return sources;
  }

  private static void compile(Bug bug, List<Path> sources, Path classes, String classPath)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", classPath);
      boolean done =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!done) {
        throw new IllegalStateException(bug.name() + " does not compile:\n" + said);
      }
    }
  }

  /// Tells stories with the fault in them.
  @SuppressWarnings("unchecked")
  LongFunction<String> storyTeller() throws ReflectiveOperationException {
    return (LongFunction<String>)
        loader.loadClass(StoryTeller.class.getName()).getDeclaredConstructor().newInstance();
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
