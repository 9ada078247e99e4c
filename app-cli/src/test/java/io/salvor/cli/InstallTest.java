package io.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class InstallTest {
  @TempDir Path directory;
  private Cli cli;
  private Path root;
  private Path bin;
  private Path share;

  @BeforeEach
  void build() throws IOException {
    cli = new Cli(directory).with("HOME", directory.resolve("user").toString());
    bin = directory.resolve("user/.local/bin");
    share = directory.resolve("user/.local/share");
    root = Files.createDirectories(directory.resolve("checkout"));
    Files.writeString(root.resolve("salvor"), "#!/bin/sh\n");
    Path build = Files.createDirectories(root.resolve(".salvor-build/0123"));
    Files.writeString(build.resolve("place"), root + "\n");
    new Handout(build.resolve("share")).write();
    Files.createSymbolicLink(root.resolve(".salvor-build/current"), Path.of("0123"));
    System.setProperty("salvor.version.dir", build.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty("salvor.version.dir");
  }

  @Test
  void the_command_its_completion_and_its_pages_are_links_that_outlive_a_build()
      throws IOException {
    var result = cli.with("PATH", "/usr/bin").run("install");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(Files.readSymbolicLink(bin.resolve("salvor"))).isEqualTo(root.resolve("salvor"));
    for (String file :
        List.of(
            "bash-completion/completions/salvor",
            "zsh/site-functions/_salvor",
            "fish/vendor_completions.d/salvor.fish",
            "man/man1/salvor.1",
            "man/man1/salvor-task-add.1")) {
      assertThat(Files.readSymbolicLink(share.resolve(file)))
          .isEqualTo(root.resolve(".salvor-build/current/share").resolve(file));
      assertThat(share.resolve(file)).isNotEmptyFile();
    }
    assertThat(result.out()).contains(bin + " is not in PATH").contains("~/.bashrc");
  }

  @Test
  void where_it_is_in_path_nothing_more_is_to_be_done() {
    var result = cli.with("PATH", "/usr/bin:" + bin).run("install");
    assertThat(result.out()).doesNotContain("is not in PATH");
    assertThat(cli.with("SHELL", "/bin/zsh").run("install").out()).contains("fpath=(");
    assertThat(cli.with("SHELL", "/usr/bin/fish").with("PATH", "").run("install").out())
        .contains("fish_add_path");
  }

  @Test
  void it_may_be_done_again_and_undone() throws IOException {
    cli.run("install");
    assertThat(cli.run("install").exit()).isZero();
    Path another = share.resolve("man/man1/other.1");
    Files.writeString(another, "not ours");
    var result = cli.run("install", "--uninstall");
    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("removed " + bin.resolve("salvor"));
    try (Stream<Path> left = Files.walk(directory.resolve("user"))) {
      assertThat(left.filter(it -> !Files.isDirectory(it))).containsExactly(another);
    }
    assertThat(cli.run("install", "--uninstall").out()).isEqualTo("nothing was installed\n");
  }

  @Test
  void what_salvor_did_not_make_is_left_alone() throws IOException {
    Files.createDirectories(bin);
    Files.writeString(bin.resolve("salvor"), "my own");
    var result = cli.run("install");
    assertThat(result.exit()).isEqualTo(9);
    assertThat(result.err()).contains(bin.resolve("salvor") + " is there already");
    assertThat(bin.resolve("salvor")).hasContent("my own");
    cli.run("install", "--uninstall");
    assertThat(bin.resolve("salvor")).exists();
  }

  @Test
  void a_link_to_another_checkout_is_taken_over_and_not_taken_away() throws IOException {
    Files.createDirectories(bin);
    Path other = directory.resolve("other/salvor");
    Files.createSymbolicLink(bin.resolve("salvor"), other);
    cli.run("install", "--uninstall");
    assertThat(Files.readSymbolicLink(bin.resolve("salvor"))).isEqualTo(other);
    assertThat(cli.run("install").exit()).isZero();
    assertThat(Files.readSymbolicLink(bin.resolve("salvor"))).isEqualTo(root.resolve("salvor"));
  }

  @Test
  void another_place_can_be_named() {
    assertThat(cli.run("install", "--prefix", "here").exit()).isZero();
    assertThat(directory.resolve("here/bin/salvor")).isSymbolicLink();
    assertThat(directory.resolve("here/share/man/man1/salvor.1")).isSymbolicLink();
  }

  @Test
  void without_a_launcher_there_is_nothing_to_link_to() {
    System.clearProperty("salvor.version.dir");
    assertThat(cli.run("install").exit()).isEqualTo(1);
  }
}
