package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher of a checkout that is built already, with a Java that tells its words.
final class LauncherTest {
  private static final String FEW_PROVIDERS = "-Djava.security.properties==";

  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void build() throws IOException {
    root = Files.createDirectories(directory.toRealPath().resolve("checkout"));
    Files.copy(Path.of("../salvor"), root.resolve("salvor"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.writeString(root.resolve("pom.xml"), "");
    Files.createDirectory(root.resolve(".mvn"));
    Files.writeString(Files.createDirectory(root.resolve("module")).resolve("pom.xml"), "");
    Path java = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(root.resolve("jdk/release"), "");
    Path build = Files.createDirectories(root.resolve(".salvor-build/0123"));
    Files.writeString(build.resolve("id"), "0123\n");
    Files.writeString(build.resolve("java"), java + "\n");
    Files.writeString(build.resolve("place"), root + "\n");
    Path stamp = Files.writeString(build.resolve("stamp"), "");
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
    Files.createSymbolicLink(root.resolve(".salvor-build/current"), Path.of("0123"));
  }

  /// What Java is called with.
  private List<String> words(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("salvor").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("SALVOR_JAVA_HOME");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  @Test
  void a_command_starts_with_few_providers_of_cryptography_and_all_its_words() throws Exception {
    assertThat(words("task", "add", "a title", "", "--otlp"))
        .contains(FEW_PROVIDERS + root.resolve(".salvor-build/0123/java.security"))
        .endsWith("io.salvor.cli.Main", "task", "add", "a title", "", "--otlp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--otlp-endpoint", "--otlp-endpoint=https://collector:4318"})
  void a_command_that_posts_to_a_collector_has_all_of_them(String word) throws Exception {
    assertThat(words("task", "trace", "1", word, "a b"))
        .noneMatch(it -> it.startsWith(FEW_PROVIDERS))
        .endsWith("io.salvor.cli.Main", "task", "trace", "1", word, "a b");
  }
}
