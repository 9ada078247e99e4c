package io.salvor.cli;

import io.salvor.cli.session.ExitCode;
import io.salvor.cli.session.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Symbolic links to a checkout. Nothing else is ever replaced or removed.
final class Links {
  private final Path root;
  private final List<String> removed = new ArrayList<>();

  /// @param root the checkout that links point into
  Links(Path root) {
    this.root = root;
  }

  /// Makes a link, also in the place of one to another checkout.
  void make(Path link, Path target) throws IOException {
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      if (!isLinkToSalvor(link)) {
        throw new Failure(
            ExitCode.EXISTS,
            "NOT_OURS",
            link + " is there already, and salvor did not make it",
            "mv " + link + " " + link + ".old");
      }
      Files.delete(link);
    }
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, target);
  }

  /// Removes a link into this checkout; leaves everything else.
  void remove(Path link) throws IOException {
    if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).startsWith(root)) {
      Files.delete(link);
      removed.add("removed " + link);
    }
  }

  List<String> removed() {
    return removed;
  }

  private static boolean isLinkToSalvor(Path link) throws IOException {
    if (!Files.isSymbolicLink(link)) {
      return false;
    }
    Path target = Files.readSymbolicLink(link);
    return target.endsWith("salvor") || target.toString().contains("/.salvor-build/");
  }
}
