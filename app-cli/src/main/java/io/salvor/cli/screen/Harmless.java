package io.salvor.cli.screen;

import io.salvor.cli.text.Clean;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Turns any bytes, piece by piece, into text that does nothing to a terminal: what would steer it
/// becomes a picture of itself, `␛` for the escape. For one thread.
public final class Harmless {
  private static final char PICTURES = '\u2400';
  private static final char PICTURE_OF_DELETE = '\u2421';

  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  private ByteBuffer rest = ByteBuffer.allocate(0);

  /// The next piece; a letter that is cut in two waits for its other half.
  public String text(byte[] piece) {
    ByteBuffer bytes = ByteBuffer.allocate(rest.remaining() + piece.length);
    bytes.put(rest).put(piece).flip();
    CharBuffer letters = CharBuffer.allocate(bytes.remaining() + 1);
    utf8.decode(bytes, letters, false);
    rest = bytes.slice();
    return harmless(letters.flip());
  }

  private static String harmless(CharBuffer letters) {
    var text = new StringBuilder(letters.length());
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.get(i);
      boolean lineEnd = letter == '\r' && i + 1 < letters.length() && letters.get(i + 1) == '\n';
      if (letter == '\n' || letter == '\t') {
        text.append(letter);
      } else if (letter < 0x20) {
        text.append(lineEnd ? "" : String.valueOf((char) (PICTURES + letter)));
      } else if (letter == 0x7f) {
        text.append(PICTURE_OF_DELETE);
      } else {
        text.append(letter >= 0x80 && letter < 0xa0 ? '\ufffd' : letter);
      }
    }
    return text.toString().replaceAll(Clean.DIRECTIONS, "\ufffd");
  }
}
