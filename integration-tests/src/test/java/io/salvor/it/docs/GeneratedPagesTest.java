package io.salvor.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.salvor.v1.ErrorReason;
import org.junit.jupiter.api.Test;

/// Pages made from the protos are what the protos say. `docs/regenerate.sh` writes them anew.
final class GeneratedPagesTest {
  private final Protoset api = Protoset.read();

  @Test
  void the_page_of_the_api_is_what_the_protos_say() {
    Page.mustBe("api.md", new ApiPage(api).text());
  }

  @Test
  void the_page_of_errors_is_what_protos_server_and_command_line_say() {
    Page.mustBe("errors.md", ErrorsPage.text(api));
  }

  @Test
  void the_page_of_the_failure_matrix_is_what_its_rows_say() {
    Page.mustBe("failure-matrix.md", MatrixPage.text());
  }

  @Test
  void every_reason_says_its_status_as_the_server_gives_it() {
    assertThat(ErrorsPage.reasons(api))
        .allSatisfy(it -> assertThat(it.says()).as(it.code().name()).isEqualTo(it.status()))
        .hasSize(ErrorReason.Code.values().length - 2);
  }

  @Test
  void everything_in_the_api_has_a_comment() {
    assertThat(api.services())
        .allSatisfy(it -> assertThat(it.comment()).as(it.name()).isNotBlank())
        .flatExtracting(Protoset.Service::calls)
        .allSatisfy(it -> assertThat(it.comment()).as(it.name()).isNotBlank());
    assertThat(api.messages())
        .allSatisfy(it -> assertThat(it.comment()).as(it.name()).isNotBlank())
        .allSatisfy(it ->
            assertThat(it.fields()).as(it.name()).noneMatch(field -> field.comment().isBlank()));
    assertThat(api.enumerations())
        .allSatisfy(it -> assertThat(it.comment()).as(it.name()).isNotBlank())
        .allSatisfy(it ->
            assertThat(it.values()).as(it.name()).noneMatch(value -> value.comment().isBlank()));
  }
}
