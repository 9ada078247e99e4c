package io.salvor.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.Finding.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Z13: a backup that is not due yet is awaited, and one that is overdue is missed.
final class FirstBackupTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /// How long ago the first thing was recorded, how often backups are made, how long the server
  /// runs; whether one is being made.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PT30S | PT1H | PT5M  | false | WARN | the first is due at 2026-03-01T12:00:30Z
          PT30S | PT1H | PT10S | false | WARN | the first is due at 2026-03-01T12:00:50Z
          PT30S | PT9S | PT5M  | false | WARN | the first is due at 2026-03-01T11:59:39Z
          PT10M | PT1H | PT72M | false | WARN | the first is due at 2026-03-01T11:51:00Z
          PT1M  | PT1H | PT0S  | true  | WARN | the first backup is being made
          PT48H | PT1H | PT48H | true  | WARN | the first backup is being made
          PT12M | PT1H | PT72M | false | FAIL | there is no verified backup
          PT48H | PT1H | PT1M  | false | FAIL | there is no verified backup
          PT1M  |      | PT5M  | false | FAIL | none is made by itself
          PT1M  | PT1H |       | false | WARN | one is made when a server starts
          PT1M  | PT1H |       | true  | WARN | one is made when a server starts
          PT48H | PT1H |       | false | FAIL | there is no verified backup
          """)
  void it_is_awaited_or_missed(
      Duration since, Duration every, Duration server, boolean underWay, Level level, String says) {
    Result result =
        new FirstBackup(
                NOW.minus(since),
                Optional.ofNullable(every),
                Optional.ofNullable(server).map(NOW::minus),
                underWay,
                NOW)
            .judge();
    assertThat(result.level()).isEqualTo(level);
    assertThat(result.summary()).contains(says);
    assertThat(result.command()).isNotEmpty();
  }
}
