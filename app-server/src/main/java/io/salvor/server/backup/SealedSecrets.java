package io.salvor.server.backup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// Files that only who knows a passphrase can read: a zip, sealed with AES-256-GCM under a key that
/// PBKDF2 with HMAC-SHA256 makes of the passphrase.
///
/// The format: `SALVSEC1`, the number of rounds (4 bytes), the salt (16), the nonce (12), and what
/// is sealed; all that stands before it is sealed as well.
final class SealedSecrets {
  private static final byte[] MARK = "SALVSEC1".getBytes(StandardCharsets.US_ASCII);
  private static final int ROUNDS = 600_000;
  private static final int MOST_ROUNDS = 100_000_000;
  private static final int SALT_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int KEY_BITS = 256;
  private static final int TAG_BITS = 128;
  private static final int HEAD_BYTES = MARK.length + Integer.BYTES + SALT_BYTES + NONCE_BYTES;

  private SealedSecrets() {}

  /// Seals files.
  static byte[] seal(SortedMap<String, byte[]> files, String passphrase) {
    var random = new SecureRandom();
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(salt);
    random.nextBytes(nonce);
    byte[] head =
        ByteBuffer.allocate(HEAD_BYTES).put(MARK).putInt(ROUNDS).put(salt).put(nonce).array();
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, head, passphrase).doFinal(zipped(files));
      return ByteBuffer.allocate(head.length + sealed.length).put(head).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal", e);
    }
  }

  /// Opens what was sealed.
  ///
  /// @throws BackupFailed where the passphrase is another one, or the bytes are
  static SortedMap<String, byte[]> open(byte[] file, String passphrase) {
    if (file.length < HEAD_BYTES || !Arrays.equals(Arrays.copyOf(file, MARK.length), MARK)) {
      throw new BackupFailed("the sealed secrets are of a form that only a newer Salvor knows", "");
    }
    byte[] head = Arrays.copyOf(file, HEAD_BYTES);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, head, passphrase);
      return unzipped(cipher.doFinal(file, HEAD_BYTES, file.length - HEAD_BYTES));
    } catch (AEADBadTagException e) {
      throw new BackupFailed(
          "the secrets in the backup were sealed with another passphrase",
          "--passphrase-file FILE, with the one that was set when the backup was made",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot open what it sealed", e);
    }
  }

  private static Cipher cipher(int mode, byte[] head, String passphrase)
      throws GeneralSecurityException {
    ByteBuffer parts = ByteBuffer.wrap(head, MARK.length, HEAD_BYTES - MARK.length);
    int rounds = parts.getInt();
    byte[] salt = new byte[SALT_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    parts.get(salt).get(nonce);
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new AEADBadTagException("rounds");
    }
    var spec = new PBEKeySpec(passphrase.toCharArray(), salt, rounds, KEY_BITS);
    byte[] key =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    spec.clearPassword();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(head);
    return cipher;
  }

  private static byte[] zipped(SortedMap<String, byte[]> files) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> it : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(it.getKey()));
        zip.write(it.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new AssertionError("memory does not fail to be written to", e);
    }
    return bytes.toByteArray();
  }

  private static SortedMap<String, byte[]> unzipped(byte[] bytes) {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry it = zip.getNextEntry(); it != null; it = zip.getNextEntry()) {
        files.put(it.getName(), zip.readAllBytes());
      }
      return files;
    } catch (IOException e) {
      throw new IllegalStateException("what was sealed is no zip", e);
    }
  }
}
