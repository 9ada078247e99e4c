package io.salvor.it.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Places;
import io.salvor.it.harness.Program;
import io.salvor.it.harness.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A language with an example in `docs/examples`: what it needs, and how its client is built and
/// called. Where something is missing, the test is skipped and says what to install.
enum Language {
  PYTHON {
    @Override
    List<String> build(Path folder) {
      Optional<String> python =
          List.of("python3", "/usr/bin/python3").stream()
              .filter(it ->
                  Shell.run(folder, List.of("sh", "-c", it + " -c 'import grpc'")).status() == 0)
              .findFirst();
      assumeTrue(
          python.isPresent() && here("protoc", "grpc_python_plugin"),
          "apt-get install python3-grpcio protobuf-compiler protobuf-compiler-grpc");
      generate(folder);
      return List.of(
          "env", "PYTHONPATH=" + folder, python.orElseThrow(), example("run_task.py").toString());
    }
  },
  GO {
    private static final String LIBRARIES = "/usr/share/gocode";

    @Override
    List<String> build(Path folder) {
      assumeTrue(
          here("go", "protoc", "protoc-gen-go", "protoc-gen-go-grpc")
              && Files.exists(Path.of(LIBRARIES, "src/google.golang.org/protobuf"))
              && Files.exists(Path.of(LIBRARIES, "src/google.golang.org/grpc")),
          "apt-get install golang-go golang-google-grpc-dev golang-github-golang-protobuf-1-5-dev"
              + " golang-google-protobuf-dev protoc-gen-go protoc-gen-go-grpc");
      generate(folder);
      Path program = folder.resolve("run_task");
      Shell.succeed(
          folder,
          "env",
          "GO111MODULE=off",
          "GOPATH=" + folder + ":" + LIBRARIES,
          "GOCACHE=" + folder.resolve("cache"),
          "go",
          "build",
          "-o",
          program.toString(),
          example("run_task.go").toString());
      return List.of(program.toString());
    }
  },
  NODE {
    @Override
    List<String> build(Path folder) {
      assumeTrue(here("node", "npm"), "install Node 18 or later with npm");
      for (String file : List.of("run_task.js", "package.json")) {
        copy(example(file), folder.resolve(file));
      }
      Shell.Result installed =
          Shell.run(
              folder,
              List.of(
                  "npm",
                  "install",
                  "--no-audit",
                  "--no-fund",
                  "--no-package-lock",
                  "--ignore-scripts"));
      assumeTrue(
          installed.status() == 0, "npm cannot install @grpc/grpc-js: " + installed.output());
      return List.of(
          "env",
          "SALVOR_PROTOSET=" + Places.protoset(),
          "node",
          folder.resolve("run_task.js").toString());
    }
  };

  /// Builds the client into this folder, or skips the test.
  ///
  /// @return the command that runs it
  abstract List<String> build(Path folder);

  Path example(String file) {
    return Places.root().resolve("docs/examples").resolve(folder()).resolve(file);
  }

  private String folder() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  void generate(Path into) {
    Shell.succeed(
        into, example("generate.sh").toString(), Places.protoset().toString(), into.toString());
  }

  private static boolean here(String... programs) {
    return Arrays.stream(programs).allMatch(it -> Program.find(it).isPresent());
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
