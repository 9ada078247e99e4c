package io.salvor.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.salvor.v1.BackupTarget;
import io.salvor.v1.Finding.Level;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is said of a place elsewhere, by how far it is and how it answered.
class OffHostAgeTest {
  private static final Instant NOW = Instant.parse("2026-03-10T09:00:00Z");

  /// `there`: the last record that it has, 0 for none. `age`: since all was there.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          here | there | age    | trouble | server | level | says                     | command
          0    | 0     | PT0S   |         | true   | PASS  | nothing to bring         |
          40   | 40    | PT1M   |         | true   | PASS  | all that was recorded    |
          40   | 40    | PT900H |         | false  | PASS  | all that was recorded    |
          30   | 40    | PT900H |         | false  | PASS  | all that was recorded    |
          41   | 40    | PT47H  |         | true   | PASS  | all that was recorded    |
          41   | 40    | PT49H  |         | true   | WARN  | 2 days old               | salvor restart
          41   | 40    | PT240H |         | false  | WARN  | ends at record 40 of 41  | salvor serve
          41   | 40    | PT240H | no nas  | true   | WARN  | 10 days old              | salvor backup list --from nas
          41   | 40    | PT240H | no nas  | true   | WARN  | the last try: no nas     | salvor backup list --from nas
          41   | 40    | PT240H | no nas  | false  | WARN  | the last try: no nas     | salvor serve
          40   | 40    | PT1M   | no nas  | true   | WARN  | the last try: no nas     | salvor backup list --from nas
          40   | 0     | PT0S   |         | true   | WARN  | no backup on nas         | salvor restart
          40   | 0     | PT0S   |         | false  | WARN  | no backup on nas         | salvor serve
          40   | 0     | PT0S   | no nas  | true   | WARN  | the last try: no nas     | salvor backup list --from nas
          0    | 0     | PT0S   | no nas  | true   | WARN  | the last try: no nas     | salvor backup list --from nas
          """,
      useHeadersInDisplayName = true)
  void what_is_not_elsewhere_is_told_when_it_is_old(
      long here,
      long there,
      Duration age,
      String trouble,
      boolean server,
      Level level,
      String says,
      String command) {
    var target = BackupTarget.newBuilder().setTrouble(trouble == null ? "" : trouble);
    if (there > 0) {
      target
          .setGeneration("20260301T090000000Z")
          .setLastSeq(there)
          .setReachedTime(Timestamps.fromMillis(NOW.minus(age).toEpochMilli()));
    }

    Result result = new OffHostAge(here, NOW, server).judge("nas", target.build());

    assertThat(result.level()).as(result.toString()).isEqualTo(level);
    assertThat(result.summary()).contains(says);
    assertThat(result.command()).startsWith(command == null ? "" : command);
    assertThat(result.command().isEmpty()).isEqualTo(level == Level.PASS);
  }
}
