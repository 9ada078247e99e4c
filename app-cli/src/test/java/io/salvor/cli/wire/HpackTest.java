package io.salvor.cli.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HpackTest {
  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /// The examples of RFC 7541, appendix C.
  @ParameterizedTest
  @CsvSource({
    "f1e3 c2e5 f23a 6ba0 ab90 f4ff, www.example.com",
    "a8eb 1064 9cbf, no-cache",
    "25a8 49e9 5ba9 7d7f, custom-key",
    "6402, 302",
    "aec3 771a 4b, private",
    "d07a be94 1054 d444 a820 0595 040b 8166 e082 a62d 1bff, 'Mon, 21 Oct 2013 20:13:21 GMT'",
    "9d29 ad17 1863 c78f 0b97 c8e9 ae82 ae43 d3, https://www.example.com",
  })
  void huffman_text_is_read(String hex, String text) throws IOException {
    byte[] bytes = bytes(hex);
    assertThat(Huffman.decode(bytes, 0, bytes.length)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffffffff", "00ffff", "f1e300"})
  void what_is_not_in_the_huffman_code_is_refused(String hex) {
    byte[] bytes = bytes(hex);
    assertThatThrownBy(() -> Huffman.decode(bytes, 0, bytes.length))
        .isInstanceOf(IOException.class);
  }

  @Test
  void indexed_and_literal_fields_are_read() throws IOException {
    String resize = "20";
    String indexed = "88";
    String knownName = "5f 0161";
    String newHuffmanName = "40 8825a849e95ba97d7f 0178";
    assertThat(Hpack.decode(bytes(resize + indexed + knownName + newHuffmanName)))
        .isEqualTo(Map.of(":status", "200", "content-type", "a", "custom-key", "x"));
  }

  @Test
  void what_is_written_is_read_back() throws IOException {
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      var headers = new LinkedHashMap<String, String>();
      for (int field = random.nextInt(6); field >= 0; field--) {
        headers.put(
            "n" + field + "x".repeat(random.nextInt(300)), "v".repeat(random.nextInt(9000)));
      }
      assertThat(Hpack.decode(Hpack.encode(headers))).isEqualTo(headers);
    }
  }

  @Test
  void a_block_that_breaks_off_anywhere_is_refused_or_shorter() {
    byte[] whole = Hpack.encode(Map.of("name", "value".repeat(40)));
    for (int length = 1; length < whole.length; length++) {
      byte[] torn = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Hpack.decode(torn)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> Hpack.decode(bytes("c0"))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Hpack.decode(bytes("00 7fffffffffff7f")))
        .isInstanceOf(IOException.class);
  }
}
