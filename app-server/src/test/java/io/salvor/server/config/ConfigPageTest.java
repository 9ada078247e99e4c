package io.salvor.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of the configuration says what the reader takes. `docs/regenerate.sh` writes its table
/// anew.
final class ConfigPageTest {
  private static final Path PAGE = Path.of("..", "docs", "config.md");
  private static final String BEGIN =
      "<!-- Made from the settings' reader by docs/regenerate.sh; changes made here are lost. -->\n";
  private static final String END = "<!-- End of what is made. -->\n";
  private static final Pattern EXAMPLE = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL);

  @TempDir Path directory;

  @Test
  void every_setting_is_described_and_nothing_that_is_none() throws IOException {
    List<String> described = List.copyOf(descriptions().keySet());

    assertThat(new KnownSettings(directory.resolve("config.toml")).keys())
        .allSatisfy(key -> assertThat(described).anyMatch(it -> covers(it, key)));
    assertThat(described)
        .allSatisfy(it ->
            assertThat(new KnownSettings(directory.resolve("config.toml")).keys())
                .anyMatch(key -> covers(it, key)));
  }

  private static boolean covers(String described, String key) {
    return described.endsWith(".*")
        ? key.startsWith(described.substring(0, described.length() - 1))
        : described.equals(key);
  }

  @Test
  void the_table_of_settings_is_as_the_reader_has_them() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    String made = page.substring(0, begin) + table() + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/config.md is out of date; to write it anew: docs/regenerate.sh")
        .isEqualTo(made);
  }

  @Test
  void every_example_on_the_page_can_be_read() throws IOException {
    List<String> examples =
        EXAMPLE.matcher(Files.readString(PAGE)).results().map(it -> it.group(1)).toList();

    assertThat(examples).hasSizeGreaterThan(1);
    for (String example : examples) {
      Path file = Files.writeString(directory.resolve("example.toml"), example);
      boolean ofRepository = example.startsWith("copy");
      assertThatCode(
              () -> {
                if (ofRepository) {
                  Files.move(file, directory.resolve("salvor.toml"));
                  RepositorySettings.in(directory);
                } else {
                  ServerConfig.read(file);
                }
              })
          .as(example)
          .doesNotThrowAnyException();
    }
  }

  private String table() throws IOException {
    Map<String, String> defaults =
        EffectiveSettings.of(
                ServerConfig.DEFAULT, directory.resolve("none.toml"), Map.of(), Map.of())
            .stream()
            .collect(Collectors.toMap(Setting::key, Setting::value));
    var table = new StringBuilder("| setting | default | means |\n|---|---|---|\n");
    descriptions()
        .forEach((key, text) ->
            table.append(
                "| `%s` | %s | %s |\n".formatted(key, defaults.getOrDefault(key, ""), text)));
    return table.toString();
  }

  private static Map<String, String> descriptions() throws IOException {
    var descriptions = new LinkedHashMap<String, String>();
    try (InputStream in = ConfigPageTest.class.getResourceAsStream("settings.txt")) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      all.lines()
          .forEach(line -> {
            String[] parts = line.split(" = ", 2);
            descriptions.put(parts[0], parts[1]);
          });
    }
    return descriptions;
  }
}
