package io.salvor.cli.session;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The version that this program was built as.
public final class ProgramVersion {
  private ProgramVersion() {}

  /// `0.1.0`
  public static String read() {
    try (InputStream in = ProgramVersion.class.getResourceAsStream("version")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
