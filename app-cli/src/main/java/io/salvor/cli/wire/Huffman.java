package io.salvor.cli.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The Huffman code of header values (RFC 7541, appendix B). It is canonical, so the lengths tell
/// all.
final class Huffman {
  /// The length in bits of each byte's code, and last of the end's: one digit of base 36 for each.
  private static final String LENGTHS =
      "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6ca"
          + "d67777777777777777777777878djde6f56565666577666567655677777fbeds"
          + "kmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmolmnnllmlnmnnkmmmnmmn"
          + "qqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrq"
          + "u";

  private static final int LONGEST = 30;
  private static final int END = (1 << LONGEST) - 1;

  /// All symbols, by length and then by value.
  private static final int[] SYMBOLS = new int[LENGTHS.length()];

  /// By length: where its symbols begin in [#SYMBOLS].
  private static final int[] FIRST_SYMBOL = new int[LONGEST + 2];

  /// By length: the code of its first symbol.
  private static final int[] FIRST = new int[LONGEST + 1];

  static {
    int next = 0;
    int code = 0;
    for (int length = 1; length <= LONGEST; length++) {
      code <<= 1;
      FIRST[length] = code;
      FIRST_SYMBOL[length] = next;
      for (int symbol = 0; symbol < LENGTHS.length(); symbol++) {
        if (Character.digit(LENGTHS.charAt(symbol), 36) == length) {
          SYMBOLS[next++] = symbol;
          code++;
        }
      }
    }
    FIRST_SYMBOL[LONGEST + 1] = next;
  }

  private Huffman() {}

  /// The text that these bytes encode; they may end in up to seven bits of padding.
  static String decode(byte[] bytes, int from, int to) throws IOException {
    var text = new ByteArrayOutputStream();
    int code = 0;
    int length = 0;
    for (int at = from; at < to; at++) {
      for (int bit = 7; bit >= 0; bit--) {
        code = (code << 1) | ((bytes[at] >> bit) & 1);
        length++;
        int symbol = symbol(code, length);
        if (symbol >= 0) {
          text.write(symbol);
          code = 0;
          length = 0;
        }
      }
    }
    if (length > 7 || code != (1 << length) - 1) {
      throw new IOException("a header that is not in the Huffman code");
    }
    return text.toString(StandardCharsets.ISO_8859_1);
  }

  /// The byte that this code of this length stands for, or -1 where it goes on.
  private static int symbol(int code, int length) throws IOException {
    if (length > LONGEST) {
      throw new IOException("a header that is not in the Huffman code");
    }
    if (length == LONGEST && code == END) {
      throw new IOException("a header that goes on after its end");
    }
    int first = FIRST[length];
    int count = FIRST_SYMBOL[length + 1] - FIRST_SYMBOL[length];
    return code - first < count ? SYMBOLS[FIRST_SYMBOL[length] + code - first] : -1;
  }
}
