package io.salvor.it.watching;

import io.salvor.it.watching.AlertRules.Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What each alert is for, as series over minutes, in the form that `promtool test rules` reads.
final class AlertCases {
  private static final Pattern LABEL = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");

  /// @param labels those that the alert is to have, besides its severity
  private record Case(String alert, Map<String, String> labels, List<Series> series) {}

  private record Series(String name, String values) {}

  private static final List<Case> ALL =
      List.of(
          new Case("SalvorDown", Map.of("job", "salvor"), is("up{job='salvor'}", 0)),
          new Case("SalvorEngineStuck", Map.of(), is("salvor_engine_answers", 0)),
          new Case("SalvorTakesNoWrites", Map.of(), is("salvor_healthy", 0)),
          new Case("SalvorBackupRefused", Map.of(), is("salvor_backup_trouble", 1)),
          new Case("SalvorBackupOld", Map.of(), is("salvor_backup_covered_age_seconds", 11_000)),
          new Case(
              "SalvorAppendFails",
              Map.of("kind", "disk_full"),
              grows("salvor_append_failures_total{kind='disk_full'}", 1)),
          new Case("SalvorDiskNearlyFull", Map.of(), is("salvor_disk_free_bytes", 500_000_000)),
          new Case(
              "SalvorAppendSlow",
              Map.of(),
              List.of(
                  new Series("salvor_append_seconds_bucket{le='0.5'}", "0+0x60"),
                  new Series("salvor_append_seconds_bucket{le='2.0'}", "0+10x60"),
                  new Series("salvor_append_seconds_bucket{le='+Inf'}", "0+10x60"))),
          new Case("SalvorFaults", Map.of(), grows("salvor_rpc_faults_total", 1)),
          new Case(
              "SalvorMemoryCritical",
              Map.of("band", "CRITICAL"),
              is("salvor_host_memory_band{band='CRITICAL'}", 1)),
          new Case(
              "SalvorHeapNearlyFull",
              Map.of("instance", "a"),
              List.of(
                  new Series("jvm_memory_used_bytes{instance='a',area='heap',id='Old'}", "95x60"),
                  new Series("jvm_memory_max_bytes{instance='a',area='heap',id='Old'}", "100x60"))),
          stands("SalvorTaskNeedsPerson", "BLOCKED", 15_000),
          stands("SalvorReviewWaits", "REVIEW", 90_000),
          stands("SalvorQueueWaits", "QUEUED", 4_000),
          stands("SalvorTaskStuck", "STOPPING", 1_000),
          stands("SalvorRunsTooLong", "RUNNING", 50_000),
          new Case("SalvorStartsFail", Map.of(), grows("salvor_starts_failed_total", 5)),
          new Case(
              "SalvorAttemptsFail",
              Map.of("instance", "a"),
              List.of(
                  new Series(
                      "salvor_attempts_ended_total{instance='a',reason='result_missing'}",
                      "0x19 6x40"),
                  new Series(
                      "salvor_attempts_ended_total{instance='a',reason='success'}", "0x19 2x40"))),
          ends("SalvorProviderRefuses", "provider_auth", 1),
          new Case("SalvorProviderHeld", Map.of(), is("salvor_providers_held", 1)),
          ends("SalvorProviderAway", "provider_outage", 5),
          ends("SalvorOutOfMemory", "oom_killed", 1),
          new Case(
              "SalvorSpendsFast",
              Map.of("instance", "a"),
              grows("salvor_cost_usd_total{instance='a',agent='claude'}", 80)));

  private AlertCases() {}

  private static List<Series> is(String name, long value) {
    return List.of(new Series(name, value + "x60"));
  }

  private static List<Series> grows(String name, int to) {
    return List.of(new Series(name, "0x19 " + to + "x40"));
  }

  private static Case stands(String alert, String state, long seconds) {
    return new Case(
        alert,
        Map.of("state", state),
        is("salvor_tasks_oldest_seconds{state='" + state + "'}", seconds));
  }

  private static Case ends(String alert, String reason, int times) {
    return new Case(
        alert,
        Map.of("reason", reason),
        grows("salvor_attempts_ended_total{reason='" + reason + "'}", times));
  }

  static List<String> alerts() {
    return ALL.stream().map(Case::alert).toList();
  }

  /// The file that promtool runs.
  static String file(List<Rule> rules) {
    var file =
        new StringBuilder(
            "rule_files: [" + AlertRules.FILE + "]\nevaluation_interval: 1m\ntests:\n");
    for (Case it : ALL) {
      Rule rule =
          rules.stream().filter(one -> one.name().equals(it.alert())).findFirst().orElseThrow();
      file.append("  - interval: 1m\n    input_series:\n");
      it.series()
          .forEach(series ->
              file.append(
                  "      - {series: %s, values: %s}\n"
                      .formatted(
                          quoted(series.name().replace('\'', '"')), quoted(series.values()))));
      file.append("    alert_rule_test:\n      - alertname: ").append(it.alert());
      file.append("\n        eval_time: 25m\n        exp_alerts:\n          - exp_labels:\n");
      var labels = new TreeMap<>(it.labels());
      labels.put("severity", rule.severity());
      labels.forEach(
          (label, value) -> file.append("              %s: %s\n".formatted(label, value)));
      file.append("            exp_annotations:\n");
      Map.of(
              "summary",
              rule.summary(),
              "description",
              rule.description(),
              "command",
              rule.command())
          .forEach((name, text) ->
              file.append(
                  "              %s: %s\n".formatted(name, quoted(filledIn(text, it.labels())))));
    }
    return file.toString();
  }

  private static String filledIn(String text, Map<String, String> labels) {
    return LABEL.matcher(text).replaceAll(it -> labels.getOrDefault(it.group(1), ""));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
