package io.salvor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A repository with one commit.
record GitProject(Path root) {

  static GitProject make(Path root, int files) throws IOException, InterruptedException {
    for (int i = 0; i < files; i++) {
      Path file = root.resolve("src/part-" + i % 16 + "/file-" + i + ".txt");
      Files.createDirectories(file.getParent());
      Files.writeString(file, ("line of file " + i + "\n").repeat(40));
    }
    var project = new GitProject(root);
    project.git("init", "-q", "-b", "main");
    project.git("config", "user.name", "Bench");
    project.git("config", "user.email", "bench@example.org");
    project.git("config", "gc.auto", "0");
    project.git("add", ".");
    project.git("commit", "-q", "-m", "begin");
    return project;
  }

  void git(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(words));
    run(root, command);
  }

  static void run(Path directory, List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + said);
    }
  }
}
