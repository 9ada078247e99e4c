package io.salvor.cli.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Header blocks (RFC 7541). We announce a dynamic table of size 0 and use none ourselves, so both
/// ways know only the static one.
final class Hpack {
  private static final String[] STATIC_NAMES = {
    ":authority",
    ":method",
    ":method",
    ":path",
    ":path",
    ":scheme",
    ":scheme",
    ":status",
    ":status",
    ":status",
    ":status",
    ":status",
    ":status",
    ":status",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "accept-ranges",
    "accept",
    "access-control-allow-origin",
    "age",
    "allow",
    "authorization",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-location",
    "content-range",
    "content-type",
    "cookie",
    "date",
    "etag",
    "expect",
    "expires",
    "from",
    "host",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "last-modified",
    "link",
    "location",
    "max-forwards",
    "proxy-authenticate",
    "proxy-authorization",
    "range",
    "referer",
    "refresh",
    "retry-after",
    "server",
    "set-cookie",
    "strict-transport-security",
    "transfer-encoding",
    "user-agent",
    "vary",
    "via",
    "www-authenticate",
  };

  /// The values of the first sixteen entries; the others have none.
  private static final String[] STATIC_VALUES = {
    "",
    "GET",
    "POST",
    "/",
    "/index.html",
    "http",
    "https",
    "200",
    "204",
    "206",
    "304",
    "400",
    "404",
    "500",
    "",
    "gzip, deflate",
  };

  private final byte[] block;
  private int at;

  private Hpack(byte[] block) {
    this.block = block;
  }

  /// Every field as a literal that no one on the way may index.
  static byte[] encode(Map<String, String> headers) {
    var block = new ByteArrayOutputStream();
    headers.forEach((name, value) -> {
      block.write(0x10);
      writeText(block, name);
      writeText(block, value);
    });
    return block.toByteArray();
  }

  /// The fields of a block; of several of one name the last.
  static Map<String, String> decode(byte[] block) throws IOException {
    try {
      return new Hpack(block).fields();
    } catch (IndexOutOfBoundsException torn) {
      throw new IOException("a header block that breaks off", torn);
    }
  }

  private Map<String, String> fields() throws IOException {
    var fields = new LinkedHashMap<String, String>();
    while (at < block.length) {
      int first = block[at] & 0xff;
      if (first >= 0x80) {
        int index = number(7);
        fields.put(name(index), index <= STATIC_VALUES.length ? STATIC_VALUES[index - 1] : "");
      } else if (first >= 0x20 && first < 0x40) {
        number(5); // the size of the dynamic table, which stays 0
      } else {
        int index = number(first >= 0x40 ? 6 : 4);
        String name = index == 0 ? text() : name(index);
        fields.put(name, text());
      }
    }
    return fields;
  }

  private static String name(int index) throws IOException {
    if (index < 1 || index > STATIC_NAMES.length) {
      throw new IOException("a header from a dynamic table that we refused: " + index);
    }
    return STATIC_NAMES[index - 1];
  }

  private String text() throws IOException {
    boolean huffman = block[at] < 0;
    int length = number(7);
    int from = at;
    at += length;
    if (at > block.length || length < 0) {
      throw new IOException("a header block that breaks off");
    }
    return huffman
        ? Huffman.decode(block, from, at)
        : new String(block, from, length, StandardCharsets.ISO_8859_1);
  }

  private int number(int prefixBits) throws IOException {
    int limit = (1 << prefixBits) - 1;
    int number = block[at++] & limit;
    if (number < limit) {
      return number;
    }
    for (int shift = 0; shift <= 21; shift += 7) {
      int next = block[at++] & 0xff;
      number += (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
    throw new IOException("a number in a header block that is too large");
  }

  private static void writeText(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int rest = bytes.length;
    if (rest < 0x7f) {
      block.write(rest);
    } else {
      block.write(0x7f);
      for (rest -= 0x7f; rest >= 0x80; rest >>>= 7) {
        block.write((rest & 0x7f) | 0x80);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }
}
