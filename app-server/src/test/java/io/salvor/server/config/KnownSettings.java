package io.salvor.server.config;

import io.salvor.server.config.ServerConfig.BadConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The settings that the reader of `config.toml` takes, found by asking it: what it does not know
/// it refuses with the names of what there is.
final class KnownSettings {
  private static final String UNKNOWN = "zzz";
  private static final Pattern THERE_ARE = Pattern.compile("unknown setting .*; there are (.*)");
  private static final String PROJECTS = "projects";

  private final Path file;

  /// @param file in a scratch directory; written again and again
  KnownSettings(Path file) {
    this.file = file;
  }

  /// Their keys; in place of a name that people choose, `NAME`, of a project `ROOT`.
  List<String> keys() throws IOException {
    var keys = new ArrayList<String>();
    for (String key : known("")) {
      collect(key, key, keys);
    }
    return keys;
  }

  private void collect(String key, String shown, List<String> keys) throws IOException {
    String refusal = refusal(key + "." + UNKNOWN + " = 1");
    if (THERE_ARE.matcher(refusal).find()) {
      for (String inner : known(key)) {
        collect(key + "." + inner, shown + "." + inner, keys);
      }
    } else if (refusal.contains("must be a table: [")) {
      boolean projects = key.equals(PROJECTS);
      String name = key + (projects ? ".\"/p\"" : ".n");
      for (String inner : known(name)) {
        collect(name + "." + inner, shown + (projects ? ".ROOT." : ".NAME.") + inner, keys);
      }
    } else {
      keys.add(shown);
    }
  }

  private List<String> known(String table) throws IOException {
    String refusal = refusal((table.isEmpty() ? "" : table + ".") + UNKNOWN + " = 1");
    Matcher matcher = THERE_ARE.matcher(refusal);
    if (!matcher.find()) {
      throw new AssertionError("no refusal that names the settings of [" + table + "]: " + refusal);
    }
    return List.of(matcher.group(1).split(", "));
  }

  private String refusal(String toml) throws IOException {
    Files.writeString(file, toml);
    try {
      ServerConfig.read(file);
      return "";
    } catch (BadConfig refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
