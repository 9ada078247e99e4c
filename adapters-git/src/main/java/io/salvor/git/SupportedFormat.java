package io.salvor.git;

import io.salvor.domain.workspace.WorkspaceProblem.Kind;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;

/// Refuses by name the repository formats that would be handled wrongly.
final class SupportedFormat {
  private SupportedFormat() {}

  static void require(Config config, Path repository) throws Unworkable {
    String objects = config.getString("extensions", null, "objectformat");
    if (objects != null && !"sha1".equalsIgnoreCase(objects)) {
      throw new Unworkable(
          Kind.UNSUPPORTED_SHA256, repository + " names its objects by " + objects, "");
    }
    if (config.getString("extensions", null, "partialclone") != null || hasPromisor(config)) {
      throw new Unworkable(
          Kind.UNSUPPORTED_PARTIAL_CLONE,
          repository + " is a partial clone",
          "work on a full clone");
    }
    String refs = config.getString("extensions", null, "refstorage");
    if (refs != null && !"files".equalsIgnoreCase(refs)) {
      throw new Unworkable(
          Kind.UNSUPPORTED_REF_STORAGE,
          repository + " keeps its refs as " + refs,
          "git refs migrate --ref-format=files");
    }
  }

  private static boolean hasPromisor(Config config) {
    return config.getSubsections("remote").stream()
        .anyMatch(remote -> config.getBoolean("remote", remote, "promisor", false));
  }
}
