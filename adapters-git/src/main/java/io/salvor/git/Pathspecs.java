package io.salvor.git;

import java.util.List;

/// Paths as git takes them from a file, each ended by a NUL: to the letter, from the top.
final class Pathspecs {
  private Pathspecs() {}

  static String only(List<String> paths) {
    var specs = new StringBuilder();
    for (String path : paths) {
      specs.append(":(top,literal)").append(plain(path)).append('\0');
    }
    return specs.toString();
  }

  static String allBut(List<String> paths) {
    var specs = new StringBuilder(":(top)\0");
    for (String path : paths) {
      specs.append(":(top,exclude,literal)").append(plain(path)).append('\0');
    }
    return specs.toString();
  }

  private static String plain(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
