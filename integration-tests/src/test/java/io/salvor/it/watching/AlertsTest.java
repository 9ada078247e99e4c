package io.salvor.it.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.salvor.it.harness.Bench;
import io.salvor.it.harness.Program;
import io.salvor.it.harness.Scrape;
import io.salvor.it.harness.Scripts;
import io.salvor.it.harness.Shell;
import io.salvor.it.watching.AlertRules.LabelMatcher;
import io.salvor.it.watching.AlertRules.Rule;
import io.salvor.it.watching.AlertRules.Selector;
import io.salvor.v1.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// `docs/alerts.yml` asks for what `/metrics` says, and every rule names a command.
final class AlertsTest {
  /// Made by Prometheus itself, as are the labels of where a sample was read.
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

  @AutoClose private static final Bench bench = Bench.started("alerts");

  private final List<Rule> rules = AlertRules.read();

  @Test
  void every_metric_and_label_of_a_rule_is_there_in_a_real_scrape() {
    Task task =
        bench.author().createAndDispatch(Bench.job(bench.project(), Scripts.commits("a.txt")));
    bench.author().await(task.getName(), Task.State.REVIEW);
    Scrape scrape = Scrape.of(bench.server());

    assertThat(rules).isNotEmpty();
    for (Rule rule : rules) {
      for (Selector selector : rule.selectors()) {
        if (!OF_PROMETHEUS.contains(selector.metric())) {
          assertThat(scrape.names()).as(rule.name()).contains(selector.metric());
          selector.labels().forEach(label -> thereIs(scrape, rule, selector.metric(), label));
        }
      }
    }
  }

  private static void thereIs(Scrape scrape, Rule rule, String metric, LabelMatcher label) {
    Set<String> values =
        scrape.series().keySet().stream()
            .filter(it -> it.name().equals(metric))
            .map(it -> it.labels().getOrDefault(label.label(), ""))
            .collect(Collectors.toSet());
    assertThat(values)
        .as("%s: %s of %s", rule.name(), label.label(), metric)
        .containsAll(label.each());
  }

  @Test
  void every_rule_says_what_is_wrong_and_names_a_command_of_salvor() {
    for (Rule rule : rules) {
      assertThat(rule.selectors()).as(rule.name()).isNotEmpty();
      assertThat(rule.summary()).as(rule.name()).isNotBlank();
      assertThat(rule.description()).as(rule.name()).isNotBlank();
      assertThat(rule.command()).as(rule.name()).startsWith("salvor ");
    }
  }

  @Test
  void labels_in_texts_are_those_that_the_expression_leaves() {
    for (Rule rule : rules) {
      Set<String> named = AlertRules.labelsIn(rule.summary() + rule.command());
      named.removeAll(LABELS_OF_PROMETHEUS);
      assertThat(named)
          .as(rule.name())
          .allMatch(label -> !rule.expression().contains("sum by") && hasLabel(rule, label));
    }
  }

  private static boolean hasLabel(Rule rule, String label) {
    Scrape scrape = Scrape.of(bench.server());
    return rule.selectors().stream()
        .allMatch(selector ->
            scrape.series().keySet().stream()
                .anyMatch(
                    it -> it.name().equals(selector.metric()) && it.labels().containsKey(label)));
  }

  @Test
  void promtool_reads_the_rules_and_a_scrape() {
    Optional<String> promtool = Program.find("promtool");
    assumeTrue(promtool.isPresent(), "no promtool here: apt-get install prometheus");
    Shell.succeed(bench.folder(), promtool.get(), "check", "rules", AlertRules.FILE.toString());
    Shell.succeed(
        bench.folder(),
        "sh",
        "-c",
        "curl -fsS \"$1\" | \"$2\" check metrics",
        "check",
        "http://" + bench.server().address().http() + "/metrics",
        promtool.get());
  }

  @Test
  void every_alert_is_raised_by_what_it_is_for() throws IOException {
    assertThat(AlertCases.alerts())
        .containsExactlyElementsOf(rules.stream().map(Rule::name).toList());
    Optional<String> promtool = Program.find("promtool");
    assumeTrue(promtool.isPresent(), "no promtool here: apt-get install prometheus");
    Path cases = bench.fresh("alert-cases");
    Files.writeString(cases, AlertCases.file(rules));
    Shell.succeed(bench.folder(), promtool.get(), "test", "rules", cases.toString());
  }
}
