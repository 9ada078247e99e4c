package io.salvor.it.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command in a `console` block of a page, and what the page says that comes out.
///
/// @param typed after the `$ `, with all lines that it goes on
/// @param shown lines of output
record ShownCommand(String typed, List<String> shown) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\n(.*?)^```$");
  private static final String PROMPT = "$ ";

  /// Runs every command of a page, in order.
  ///
  /// @return the page with what came out in place of what differs from it
  static String rerun(String page, Running running) {
    return BLOCK
        .matcher(page)
        .replaceAll(block ->
            Matcher.quoteReplacement(
                "```console\n" + block(block.group(1).lines().toList(), running) + "```"));
  }

  /// Runs a command and says what the page should say.
  @FunctionalInterface
  interface Running {
    List<String> run(ShownCommand command);
  }

  private static String block(List<String> lines, Running running) {
    var text = new StringBuilder();
    int at = 0;
    while (at < lines.size()) {
      if (!lines.get(at).startsWith(PROMPT)) {
        throw new AssertionError("a console block begins with a prompt, not with " + lines.get(at));
      }
      int end = at + 1;
      while (lines.get(end - 1).endsWith("\\")) {
        end++;
      }
      String typed = String.join("\n", lines.subList(at, end));
      var shown = new ArrayList<String>();
      while (end < lines.size() && !lines.get(end).startsWith(PROMPT)) {
        shown.add(lines.get(end++));
      }
      text.append(typed).append('\n');
      running
          .run(new ShownCommand(typed.substring(PROMPT.length()), shown))
          .forEach(line -> text.append(line).append('\n'));
      at = end;
    }
    return text.toString();
  }
}
