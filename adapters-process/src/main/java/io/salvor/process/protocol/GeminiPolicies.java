package io.salvor.process.protocol;

import java.io.IOException;
import java.nio.file.Path;

/// The rules that hold Gemini CLI to a profile, as files that it reads.
///
/// @param read what is allowed under the read profile: whatever is not named is denied
/// @param edit what is denied under the edit profile
record GeminiPolicies(Path read, Path edit) {

  /// Puts them into `directory`.
  static GeminiPolicies install(Path directory) throws IOException {
    return new GeminiPolicies(
        Installed.in(directory, GeminiPolicies.class, "gemini-read", ".toml"),
        Installed.in(directory, GeminiPolicies.class, "gemini-edit", ".toml"));
  }
}
