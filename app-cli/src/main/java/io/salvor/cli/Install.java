package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import io.salvor.cli.session.SalvorCommand;
import io.salvor.cli.session.Surroundings;
import io.salvor.cli.session.Word;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Makes the command, its completion and its man pages known to the user's shell: links to what
/// this checkout has, so that they stay good when it is built anew.
final class Install extends SalvorCommand {
  private final Word<Boolean> uninstall = words.flag("--uninstall", "remove what install made");
  private final Word<String> prefix =
      words.option("--prefix", "DIR", "make the links below this folder (default: ~/.local)");

  Install(Context context) {
    super(context);
  }

  @Override
  protected ExitCode run() throws IOException {
    Checkout checkout = Checkout.ofThisProgram();
    Path bin = base().resolve("bin");
    Path share = share();
    Links links = new Links(checkout.root());
    if (uninstall.or(false)) {
      links.remove(bin.resolve("salvor"));
      for (Path file : checkout.shared()) {
        links.remove(share.resolve(checkout.share().relativize(file).toString()));
      }
      say(links.removed().isEmpty() ? List.of("nothing was installed") : links.removed());
      return ExitCode.OK;
    }
    links.make(bin.resolve("salvor"), checkout.launcher());
    for (Path file : checkout.shared()) {
      links.make(share.resolve(checkout.share().relativize(file).toString()), file);
    }
    say(List.of(bin.resolve("salvor") + " -> " + checkout.launcher()));
    say(List.of("completion of bash, zsh and fish, and man pages, in " + share));
    advice(bin, share);
    return ExitCode.OK;
  }

  private Path base() {
    return prefix.said().map(context()::path).orElseGet(() -> home().resolve(".local"));
  }

  private Path share() {
    return prefix.said().isPresent()
        ? base().resolve("share")
        : here().variable("XDG_DATA_HOME").map(Path::of).orElseGet(() -> base().resolve("share"));
  }

  private Path home() {
    return here()
        .variable("HOME")
        .map(Path::of)
        .orElseThrow(
            () -> new Failure(ExitCode.INVALID, "NO_HOME", "HOME is not set", "--prefix DIR"));
  }

  private Surroundings here() {
    return context().surroundings();
  }

  /// What the user's shell still has to be told.
  private void advice(Path bin, Path share) {
    boolean found =
        Stream.of(here().variable("PATH").orElse("").split(":", -1))
            .anyMatch(it -> !it.isEmpty() && Path.of(it).normalize().equals(bin));
    String shell = here().variable("SHELL").orElse("");
    if (!found) {
      say(List.of(bin + " is not in PATH. To change that, for this and later shells:"));
      say(List.of("  " + inPath(bin, shell)));
    }
    if (shell.endsWith("zsh")) {
      say(List.of("zsh finds the completion with this in ~/.zshrc, before compinit:"));
      say(List.of("  fpath=(" + share.resolve("zsh/site-functions") + " $fpath)"));
    }
  }

  private static String inPath(Path bin, String shell) {
    if (shell.endsWith("fish")) {
      return "fish_add_path " + bin;
    }
    String file = shell.endsWith("zsh") ? "~/.zshrc" : "~/.bashrc";
    return "echo 'export PATH=\"" + bin + ":$PATH\"' >> " + file + " && . " + file;
  }

  private void say(List<String> lines) {
    lines.forEach(context().out()::println);
  }
}
