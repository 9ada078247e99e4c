package io.salvor.cli.demo;

import io.salvor.cli.session.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A directory with a project, a home and an agent in it, and nothing of the user's.
///
/// @param root holds all of it
/// @param environment for every program of the tour
public record Scratch(Path root, Map<String, String> environment) {

  /// The agent: its first run commits once, leaves a file that is not committed, says so, and waits
  /// to be killed; any further run finds that and finishes.
  private static final String AGENT =
      """
      #!/bin/sh
      # An agent for the tour. It speaks the protocol of docs/command-agent.md.
      set -eu
      if [ ! -e hello.sh ]; then
        echo '{"salvor":"progress","text":"writing hello.sh"}'
        printf '#!/bin/sh\\necho "Hello, $1!"\\n' > hello.sh
        git add hello.sh
        git commit -qm 'Say hello'
        echo '{"salvor":"progress","text":"writing a test, not committed yet"}'
        printf '#!/bin/sh\\ntest "$(sh hello.sh you)" = "Hello, you!"\\n' > hello-test.sh
        echo waiting > "$SALVOR_DEMO_SIGNAL"
        exec sleep 600
      fi
      echo '{"salvor":"progress","text":"found the commit and the test that was left; running it"}'
      sh hello-test.sh
      git add hello-test.sh
      git commit -qm 'Test it'
      echo '{"salvor":"result","status":"success","text":"hello.sh says hello, and is tested"}'
      """;

  public Scratch {
    environment = Map.copyOf(environment);
  }

  /// Makes it in the directory for temporary files.
  public static Scratch make(Surroundings here) throws IOException, InterruptedException {
    Path root = Files.createTempDirectory("salvor-demo-");
    var environment = new HashMap<>(here.environment());
    environment.keySet().removeIf(name -> name.startsWith("SALVOR_") || name.startsWith("GIT_"));
    environment.put("SALVOR_HOME", root.resolve("home").toString());
    environment.put("SALVOR_BACKUPS", root.resolve("backups").toString());
    environment.put("SALVOR_DEMO_SIGNAL", root.resolve("signal").toString());
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    for (String role : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + role + "_NAME", "Demo");
      environment.put("GIT_" + role + "_EMAIL", "demo@localhost");
    }
    var scratch = new Scratch(root, environment);
    try {
      scratch.fill();
    } catch (IOException | InterruptedException incomplete) {
      scratch.delete();
      throw incomplete;
    }
    return scratch;
  }

  private void fill() throws IOException, InterruptedException {
    Files.createDirectories(project());
    Files.createDirectories(home());
    Files.writeString(
        home().resolve("config.toml"),
        "[environment]\npass = [\"SALVOR_DEMO_SIGNAL\", \"GIT_*\"]\n");
    Files.writeString(agent(), AGENT);
    Files.writeString(project().resolve("README.md"), "# Shop\n");
    program(List.of("mkfifo", signal().toString()));
    program(List.of("git", "init", "-q", "-b", "main"));
    program(List.of("git", "add", "."));
    program(List.of("git", "commit", "-qm", "A shop"));
  }

  public Path project() {
    return root.resolve("shop");
  }

  public Path home() {
    return root.resolve("home");
  }

  public Path agent() {
    return root.resolve("agent.sh");
  }

  /// A FIFO that the agent writes to when it wants to be killed.
  public Path signal() {
    return root.resolve("signal");
  }

  /// Runs a program in the project; returns what it prints, and throws IOException where it fails.
  public String program(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(new ArrayList<>(command));
    builder.directory(project().toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + printed);
    }
    return printed;
  }

  /// Deletes all of it.
  public void delete() throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failed)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
