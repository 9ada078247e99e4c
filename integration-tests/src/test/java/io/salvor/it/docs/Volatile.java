package io.salvor.it.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// What differs from run to run and is none of a reader's business: moments, durations, ids, sizes,
/// ports, processes, and the spaces that line columns up after them.
final class Volatile {
  /// A line of a page that stands for any lines.
  static final String ANY_LINES = "...";

  private static final String CUT = "…";

  /// Characters that two runs may differ by where a line is cut.
  private static final int MOST_CUT = 8;

  private static final Map<Pattern, String> FORMS = new LinkedHashMap<>();

  static {
    form("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID");
    form("[0-9a-f]{8}-[0-9a-f-]{0,27}…", "UUID…");
    form("\\b\\d{8}T\\d{9}Z\\b", "GENERATION");
    form("\\brecord \\d+\\b", "record N");
    form("\\b\\d{4}-\\d\\d-\\d\\d[T ]?", "");
    form("\\b\\d\\d:\\d\\d(:\\d\\d)?(\\.\\d+)?( UTC|Z)?", "TIME");
    form("\\b(?=[a-f]*\\d)[0-9a-f]{7,64}\\b", "HASH");
    form("127\\.0\\.0\\.1:\\d+", "ADDRESS");
    form("\\b(pid|process) \\d+", "$1 PID");
    form("\\b\\d+(\\.\\d+)? ?([KMG]i?B|kB|bytes)\\b", "SIZE");
    form(
        "\\b\\d+(\\.\\d+)? ?(ms|s|sec|m|min|h|d|days?)\\b( ?\\d+ ?(ms|s|min|m|h)\\b)*", "DURATION");
    form("[ ─-]{2,}", " ");
    form(" +$", "");
  }

  private Volatile() {}

  private static void form(String pattern, String stands) {
    FORMS.put(Pattern.compile(pattern), stands);
  }

  static String without(String line) {
    String left = line;
    for (Map.Entry<Pattern, String> form : FORMS.entrySet()) {
      left = form.getKey().matcher(left).replaceAll(form.getValue());
    }
    return left;
  }

  /// Whether what came out is what was shown, apart from what is volatile.
  static boolean same(List<String> shown, List<String> real) {
    int gap = shown.indexOf(ANY_LINES);
    if (gap < 0) {
      return shown.size() == real.size()
          && IntStream.range(0, shown.size()).allMatch(i -> same(shown.get(i), real.get(i)));
    }
    if (real.size() < gap) {
      return false;
    }
    for (int skipped = gap; skipped <= real.size(); skipped++) {
      if (same(shown.subList(0, gap), real.subList(0, gap))
          && same(shown.subList(gap + 1, shown.size()), real.subList(skipped, real.size()))) {
        return true;
      }
    }
    return false;
  }

  /// Where a line is cut depends on how long what is volatile in it is.
  private static boolean same(String shown, String real) {
    String one = without(shown);
    String other = without(real);
    if (!one.endsWith(CUT) || !other.endsWith(CUT)) {
      return one.equals(other);
    }
    int common = Math.min(one.length(), other.length()) - CUT.length();
    return one.regionMatches(0, other, 0, common)
        && Math.abs(one.length() - other.length()) <= MOST_CUT;
  }
}
