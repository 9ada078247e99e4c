package io.salvor.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.salvor.v1.Limits;
import org.junit.jupiter.api.Test;

/// Stored records as JSON.
final class RecordMessagesTest {
  private static Limits deadline(long seconds) {
    return Limits.newBuilder().setDeadline(Duration.newBuilder().setSeconds(seconds)).build();
  }

  @Test
  void a_body_without_a_form_in_json_says_so_and_hides_no_other_record() {
    assertThat(RecordMessages.json(deadline(60)).getFieldsOrThrow("deadline").getStringValue())
        .isEqualTo("60s");
    assertThat(
            RecordMessages.json(deadline(1_000_000_000_000L))
                .getFieldsOrThrow("unprintable")
                .getStringValue())
        .contains("1000000000000");
  }
}
