package io.salvor.server.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.salvor.v1.ErrorReason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// That an error arrives.
final class ErrorsTest {
  /// What clients take of headers where nobody says otherwise.
  private static final int MOST_HEADERS = 8_192;

  @ParameterizedTest
  @ValueSource(strings = {"src/main/java/File.java, ", "src/été/100%, ", "日本語, ", "🦉, "})
  void an_error_that_names_a_thousand_files_has_room_in_the_headers_of_any_client(String file) {
    StatusRuntimeException error =
        Errors.failure(
            ErrorReason.Code.CONFLICTS_LEFT,
            "TASK-0001 has unresolved conflicts in " + file.repeat(1_000),
            "salvor task debug TASK-0001");
    Status status = status(error);
    assertThat(status.getMessage())
        .startsWith("TASK-0001 has unresolved conflicts in " + file)
        .endsWith(" ... and more")
        .doesNotContain("\ufffd");
    assertThat(headers(status)).isLessThan(MOST_HEADERS);
  }

  @Test
  void a_text_that_fits_is_left_as_it_is() {
    for (int length : new int[] {0, 1, 2_035, 2_048}) {
      assertThat(Errors.cut("x".repeat(length))).hasSize(length);
    }
    assertThat(Errors.cut("x".repeat(2_049))).isEqualTo("x".repeat(2_035) + " ... and more");
  }

  @Test
  void details_are_left_out_where_they_would_be_too_many() {
    var few = PreconditionFailure.newBuilder();
    few.addViolationsBuilder().setDescription("a stash");
    var many = PreconditionFailure.newBuilder();
    for (int i = 0; i < 1_000; i++) {
      many.addViolationsBuilder().setDescription("a stash");
    }
    assertThat(kept(few).getDetailsCount()).isEqualTo(2);
    assertThat(kept(many).getDetailsCount()).isEqualTo(1);
    assertThat(headers(status(Errors.invalid("task.title", "x".repeat(9_999)))))
        .isLessThan(MOST_HEADERS);
  }

  private static Status kept(PreconditionFailure.Builder more) {
    return status(
        Errors.build(
            ErrorReason.Code.WORKSPACE_KEPT, "it is kept", "salvor", Any.pack(more.build())));
  }

  private static Status status(StatusRuntimeException error) {
    return Optional.ofNullable(StatusProto.fromThrowable(error)).orElseThrow();
  }

  /// The text with each byte that is not ASCII as %XX, the details in base64, and the rest.
  private static int headers(Status status) {
    String text = URLEncoder.encode(status.getMessage().replace(" ", ""), StandardCharsets.UTF_8);
    long blanks = status.getMessage().chars().filter(it -> it == ' ').count();
    return text.length() + (int) blanks + status.getSerializedSize() * 4 / 3 + 300;
  }
}
