package io.salvor.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A promise that a page ends with the name of a test is worth something as long as there is that
/// test.
final class NamedTestsTest {
  private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*Test)(?:\\.(\\w+))?`");

  @Test
  void every_test_that_a_page_names_is_there() {
    List<String> sources =
        Sources.all().stream().filter(it -> it.contains("/src/test/java/")).toList();
    for (String page : Sources.all().stream().filter(it -> it.endsWith(".md")).toList()) {
      Matcher named = NAMED.matcher(String.join("\n", Sources.read(page)));
      while (named.find()) {
        String file = "/" + named.group(1) + ".java";
        List<String> found = sources.stream().filter(it -> it.endsWith(file)).toList();
        assertThat(found).as("%s names %s", page, named.group(1)).isNotEmpty();
        if (named.group(2) != null) {
          String method = " " + named.group(2) + "(";
          assertThat(found)
              .as("%s names %s", page, named.group())
              .anyMatch(it -> Sources.read(it).stream().anyMatch(line -> line.contains(method)));
        }
      }
    }
  }
}
