package io.salvor.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Forms that appear in many calls.
final class NamesTest {
  @ParameterizedTest
  @CsvSource({"1774774800000, 0", "-9223372036854775808, 0", "0, -1", "0, 1000000000"})
  void a_moment_that_is_none_is_refused(long seconds, int nanos) {
    var time = Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    refused(() -> Names.instant("since_time", time), "in seconds since 1970");
  }

  @Test
  void a_moment_is_what_it_says() {
    Instant at = Instant.parse("2026-03-29T09:00:00.5Z");
    assertThat(Names.instant("since_time", Names.time(at))).isEqualTo(at);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "4294967295x", "9999999999999999999", "x"})
  void a_page_token_that_no_answer_had_is_refused(String token) {
    refused(() -> Pages.number(token, 0), "not from an answer before: " + token);
  }

  @Test
  void a_page_token_is_a_number_from_0_on() {
    assertThat(Pages.number("", 7)).isEqualTo(7);
    assertThat(Pages.number("0", 7)).isZero();
    assertThat(Pages.number("4294967295", 7)).isEqualTo(4_294_967_295L);
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .satisfies(refused -> {
          Status status = Status.fromThrowable(refused);
          assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
          assertThat(status.getDescription()).contains(why);
        });
  }
}
