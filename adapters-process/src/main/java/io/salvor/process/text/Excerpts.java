package io.salvor.process.text;

import io.salvor.domain.agent.AgentEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Makes an agent's words fit to be recorded: redacted first, then cut, so that no half of a secret
/// stays. Immutable.
public final class Excerpts {
  /// Text is looked at this far: what redaction shortens is not refilled from beyond.
  private static final int LOOKED_AT = 8 * AgentEvent.MAX_TEXT;

  /// The end of what is looked at, where only the beginning of a secret may stand; not kept.
  private static final int MARGIN = 2 * AgentEvent.MAX_TEXT;

  private static final int NAME_LENGTH = 200;

  private final Redactor redactor;

  public Excerpts(Redactor redactor) {
    this.redactor = redactor;
  }

  /// The beginning of `text`.
  public String text(String text) {
    return cut(redacted(text), AgentEvent.MAX_TEXT, "…");
  }

  /// The beginning of a tool's input; two inputs that differ only beyond it still look different.
  public String input(String text) {
    return cut(redacted(text), AgentEvent.MAX_TEXT, "… sha256:" + digest(text).substring(0, 16));
  }

  /// A name or an identifier.
  public String name(String text) {
    return cut(redacted(text), NAME_LENGTH, "…");
  }

  /// SHA-256 in hex of the text in UTF-8.
  public static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private String redacted(String text) {
    if (text.length() <= LOOKED_AT) {
      return wellFormed(redactor.redact(text));
    }
    String whole = redactor.redact(text.substring(0, LOOKED_AT));
    return wellFormed(
        commonBeginning(whole, redactor.redact(text.substring(0, LOOKED_AT - MARGIN))));
  }

  /// Where a secret reaches over the margin's beginning, the two differ from there on.
  private static String commonBeginning(String whole, String beginning) {
    int common = 0;
    int most = Math.min(whole.length(), beginning.length());
    while (common < most && whole.charAt(common) == beginning.charAt(common)) {
      common++;
    }
    return beginning.substring(0, common);
  }

  private static String cut(String text, int most, String tail) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - tail.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + tail;
  }

  /// JSON can spell half a surrogate pair, which no encoding can write.
  private static String wellFormed(String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 0; i < changed.length(); i++) {
      char it = changed.charAt(i);
      if (Character.isHighSurrogate(it)
          && i + 1 < changed.length()
          && Character.isLowSurrogate(changed.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(it)) {
        changed.setCharAt(i, '\uFFFD');
      }
    }
    return changed.toString();
  }
}
