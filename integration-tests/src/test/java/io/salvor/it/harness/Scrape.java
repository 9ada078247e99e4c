package io.salvor.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What `/metrics` said, as Prometheus reads it.
///
/// @param text as it was sent
/// @param series values by name and labels
public record Scrape(String text, Map<Series, Double> series) {
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /// A name and its labels.
  public record Series(String name, Map<String, String> labels) {}

  /// Asks a server.
  public static Scrape of(ServerProcess server) {
    try (var http = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://" + server.address().http() + "/metrics");
      return parse(
          http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Scrape parse(String text) {
    var series = new LinkedHashMap<Series, Double>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          Matcher sample = SAMPLE.matcher(line);
          if (!sample.matches()) {
            throw new AssertionError("not a sample: " + line);
          }
          var labels = new TreeMap<String, String>();
          if (sample.group(2) != null) {
            LABEL
                .matcher(sample.group(2))
                .results()
                .forEach(it -> labels.put(it.group(1), it.group(2)));
          }
          series.put(new Series(sample.group(1), labels), Double.valueOf(sample.group(3)));
        });
    return new Scrape(text, series);
  }

  /// The sum over all series of that name that have these labels, name and value in turn.
  public double value(String name, String... labels) {
    var wanted = new TreeMap<String, String>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    var found =
        series.entrySet().stream()
            .filter(it -> it.getKey().name().equals(name))
            .filter(it -> it.getKey().labels().entrySet().containsAll(wanted.entrySet()))
            .toList();
    if (found.isEmpty()) {
      throw new AssertionError("no series " + name + wanted);
    }
    return found.stream().mapToDouble(Map.Entry::getValue).sum();
  }

  /// All names.
  public Set<String> names() {
    return series.keySet().stream().map(Series::name).collect(Collectors.toSet());
  }
}
