package io.salvor.cli.backup;

import io.salvor.cli.session.Word;
import java.util.ArrayList;
import java.util.List;

/// Words that say which backups are meant: of another home, or in a place elsewhere.
record From(Word<String> from, Word<String> key) {
  static final String FROM_HELP =
      "a place elsewhere: its name in config.toml, /a/path, s3://BUCKET/PREFIX?endpoint=URL or"
          + " sftp://USER@HOST/PATH";
  static final String KEY_HELP = "of another home, as backup list --all shows it";

  /// Whether the server cannot answer for them.
  boolean isSaid() {
    return from.said().isPresent() || key.said().isPresent();
  }

  /// What the program is asked, with these words.
  List<String> arguments(String... what) {
    var arguments = new ArrayList<>(List.of(what));
    from.said().ifPresent(it -> arguments.add("--from=" + it));
    key.said().ifPresent(it -> arguments.add("--key=" + it));
    return arguments;
  }
}
