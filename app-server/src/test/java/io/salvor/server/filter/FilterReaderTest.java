package io.salvor.server.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          state=REVIEW                         ~ state=REVIEW
          state = REVIEW                       ~ state=REVIEW
          a=1 AND b=2                          ~ (a=1 & b=2)
          a=1 b=2                              ~ (a=1 & b=2)
          a=1 AND b=2 OR c=3                   ~ (a=1 & (b=2 | c=3))
          a=1 b=2 OR c=3 d=4                   ~ (a=1 & (b=2 | c=3) & d=4)
          (a=1 AND b=2) OR c=3                 ~ ((a=1 & b=2) | c=3)
          NOT a=1                              ~ !a=1
          -a=1                                 ~ !a=1
          NOT (a=1 OR b=2)                     ~ !(a=1 | b=2)
          NOT a=1 b=2                          ~ (!a=1 & b=2)
          a!=1 b<2 c<=3 d>4 e>=5 f:6           ~ (a!=1 & b<2 & c<=3 & d>4 & e>=5 & f:6)
          state=(REVIEW OR APPROVED)           ~ (state=REVIEW | state=APPROVED)
          state!=(REVIEW OR APPROVED)          ~ !(state=REVIEW | state=APPROVED)
          title:(fix login)                    ~ (title:fix & title:login)
          title:(fix NOT login)                ~ (title:fix & !title:login)
          since=2026-03-01T12:00:00+01:00 a=1  ~ (since=2026-03-01T12:00:00+01:00 & a=1)
          project=/home/ann/shop               ~ project=/home/ann/shop
          project="/home/ann/my shop"          ~ project=/home/ann/my shop
          title:"say \\"hi\\""                 ~ title:say "hi"
          login                                ~ title:login
          "to do" state=READY                  ~ (title:to do & state=READY)
          agent=ANDROID ORder                  ~ (agent=ANDROID & title:ORder)
          a=1 AND(b=2)                         ~ (a=1 & b=2)
          """,
      quoteCharacter = '§')
  void a_filter_is_read_as_aip_160_says(String text, String meaning) {
    assertThat(written(FilterReader.read(text))).isEqualTo(meaning);
  }

  @Test
  void nothing_wants_everything() {
    assertThat(FilterReader.read("")).isEqualTo(new Expression.All(List.of()));
    assertThat(FilterReader.read(" \t ")).isEqualTo(new Expression.All(List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=",
        "a=1 AND",
        "AND",
        "OR a=1",
        "a=1 OR",
        "NOT",
        "(a=1",
        "a=1)",
        "()",
        "a=(",
        "a=()",
        "title:\"open",
        "= b",
        ")"
      })
  void what_cannot_be_meant_is_refused(String text) {
    assertThatThrownBy(() -> FilterReader.read(text)).isInstanceOf(BadFilter.class);
  }

  @Test
  void neither_length_nor_depth_can_break_it() {
    assertThatThrownBy(() -> FilterReader.read("(".repeat(4_000)))
        .isInstanceOf(BadFilter.class)
        .hasMessageContaining("parentheses");
    assertThatThrownBy(() -> FilterReader.read("a=1 ".repeat(2_000)))
        .isInstanceOf(BadFilter.class)
        .hasMessageContaining("characters");
    assertThat(FilterReader.read("(".repeat(50) + "a=1" + ")".repeat(50)))
        .isInstanceOf(Expression.Restriction.class);
  }

  private static String written(Expression expression) {
    return switch (expression) {
      case Expression.All(var parts) -> joined(parts, " & ");
      case Expression.Any(var parts) -> joined(parts, " | ");
      case Expression.Not(var of) -> "!" + written(of);
      case Expression.Restriction(var field, var operator, var value) ->
          field + operator.sign() + value;
    };
  }

  private static String joined(List<Expression> parts, String between) {
    return parts.stream()
        .map(FilterReaderTest::written)
        .collect(Collectors.joining(between, "(", ")"));
  }
}
