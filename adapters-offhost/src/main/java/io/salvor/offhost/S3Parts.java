package io.salvor.offhost;

/// How a file is sent to a bucket: in one request, or in parts where it is too long for one.
///
/// @param mostAtOnce bytes in one request; a longer file goes in parts
/// @param usual bytes of a part; larger where there would be too many of them
record S3Parts(long mostAtOnce, long usual) {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /// What S3 takes in one request, and in one part.
  private static final long LARGEST = 5 * GIB;

  private static final int MOST_PARTS = 10_000;

  /// S3's own limits.
  static final S3Parts USUAL = new S3Parts(LARGEST, 64 * MIB);

  /// The longest file that can be sent.
  static final long LONGEST = MOST_PARTS * LARGEST;

  /// Whether a file of this length goes in one request.
  boolean inOne(long bytes) {
    return bytes <= mostAtOnce;
  }

  /// Bytes of each part but the last: whole MiB, and few enough parts.
  long partBytes(long bytes) {
    long least = (bytes + MOST_PARTS - 1) / MOST_PARTS;
    return Math.max(usual, (least + MIB - 1) / MIB * MIB);
  }
}
