package io.salvor.records;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.salvor.record.v1.RecordHeader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A record as it lies in a store: these bytes, for ever.
///
/// @param id SHA-256 of the previous record's id, the header and SHA-256 of the body
/// @param header a [RecordHeader], encoded once
/// @param body the message that the header's kind names
public record StoredRecord(long seq, ByteString id, ByteString header, ByteString body) {

  /// The id of a record that follows on `previousId`. The body goes into it as a hash of its own,
  /// so that it can be taken away with the chain intact.
  static ByteString id(ByteString previousId, byte[] header, byte[] body) {
    MessageDigest sha256 = sha256();
    byte[] bodyHash = sha256.digest(body);
    sha256.update(previousId.asReadOnlyByteBuffer());
    sha256.update(header);
    return ByteString.copyFrom(sha256.digest(bodyHash));
  }

  /// What the record says of itself.
  ///
  /// @throws CorruptRecord where the header's bytes are none
  public RecordHeader readHeader() {
    try {
      return RecordHeader.parseFrom(header);
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptRecord(seq, "the header cannot be read", e);
    }
  }

  /// Whether a decision ends with it.
  ///
  /// @throws CorruptRecord where the header's bytes are none
  public boolean endsDecision() {
    return readHeader().getLastOfDecision();
  }

  /// Which store it was written to.
  ///
  /// @throws CorruptRecord where the header does not say so
  public StoreIdentity writtenTo() {
    RecordHeader read = readHeader();
    try {
      return new StoreIdentity(Scalars.uuid(read.getLineage()), read.getStoreEpoch());
    } catch (IllegalArgumentException | Malformed e) {
      throw new CorruptRecord(seq, "the header does not name a store", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
