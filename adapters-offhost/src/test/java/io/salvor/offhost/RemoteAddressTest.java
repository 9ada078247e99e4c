package io.salvor.offhost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RemoteAddressTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/ann");

  private static RemoteAddress of(String text) {
    return RemoteAddress.of(text, ENVIRONMENT);
  }

  @Test
  void what_is_typed_names_a_place_and_what_is_left_out_is_usual() {
    assertThat(of("/mnt/b/")).isEqualTo(new RemoteAddress.Directory(Path.of("/mnt/b")));
    assertThat(of("s3://bucket/a/b/?endpoint=https://s3.example:9000&region=eu"))
        .isEqualTo(
            new RemoteAddress.S3(
                Optional.of("https://s3.example:9000"),
                "bucket",
                "a/b",
                "eu",
                RemoteAddress.USUAL_ACCESS_KEY,
                RemoteAddress.USUAL_SECRET_KEY));
    assertThat(of("s3://bucket?secret_key_file=/k").text()).isEqualTo("s3://bucket");
    assertThat(of("sftp://ann@host/salvor"))
        .isEqualTo(
            new RemoteAddress.Sftp(
                "host",
                22,
                "ann",
                Path.of("/home/ann/.ssh/id_ed25519"),
                Path.of("/home/ann/.ssh/known_hosts"),
                "/salvor"));
    assertThat(of("sftp://ann@host:2222/x?key=/k&known_hosts=/h").text())
        .isEqualTo("sftp://ann@host:2222/x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://host/x", "not a url", "sftp:///x", "relative/path"})
  void what_is_no_address_is_refused_with_what_would_be_one(String text) {
    assertThatThrownBy(() -> of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("s3://BUCKET");
  }
}
