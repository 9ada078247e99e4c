package io.salvor.process.protocol;

import io.salvor.process.text.Excerpts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/// A file out of the jar that others read from the disk.
public final class Installed {
  private Installed() {}

  /// Puts the resource `stem` + `ending` beside `owner` into `directory`. The name there tells its
  /// content, so that whoever reads an older one is not disturbed by an upgrade.
  public static Path in(Path directory, Class<?> owner, String stem, String ending)
      throws IOException {
    byte[] content;
    try (InputStream resource = owner.getResourceAsStream(stem + ending)) {
      if (resource == null) {
        throw new IllegalStateException(stem + ending + " is not in the jar");
      }
      content = resource.readAllBytes();
    }
    String digest = Excerpts.digest(new String(content, StandardCharsets.UTF_8));
    Path file = directory.resolve(stem + "-" + digest.substring(0, 12) + ending);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
      Path part = Files.createTempFile(directory, stem + "-", ".part");
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return file;
  }
}
