package io.salvor.cli;

import io.salvor.cli.session.Context;
import io.salvor.cli.session.GlobalOptions;
import io.salvor.cli.session.ProgramVersion;
import io.salvor.cli.session.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/// Writes what other programs want to know of the commands - man pages, completion scripts - as a
/// build makes it and `install` links it: `java io.salvor.cli.Handout DIR`.
public final class Handout {
  private final Path share;

  Handout(Path share) {
    this.share = share;
  }

  /// Takes the folder to write to; it is made where it is not there.
  public static void main(String[] arguments) throws IOException {
    new Handout(Path.of(arguments[0])).write();
  }

  void write() throws IOException {
    for (Shell shell : Shell.values()) {
      put(shell.place(), shell.script());
    }
    for (ManPage page : pages()) {
      put("man/man1/" + page.file(), page.roff());
    }
  }

  /// Of `salvor` itself, of each group and of each command.
  static List<ManPage> pages() {
    var options = new GlobalOptions();
    var context = new Context(Surroundings.ofProcess(), options);
    List<ManPage> pages = new ArrayList<>();
    collect(new CommandTree(context).whole(options), List.of(), pages);
    return pages;
  }

  private static void collect(CommandLine line, List<String> path, List<ManPage> pages) {
    pages.add(new ManPage(path, line.getCommandSpec(), ProgramVersion.read()));
    line.getSubcommands()
        .forEach((name, child) -> {
          List<String> longer = new ArrayList<>(path);
          longer.add(name);
          collect(child, List.copyOf(longer), pages);
        });
  }

  private void put(String place, String text) throws IOException {
    Path file = share.resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
