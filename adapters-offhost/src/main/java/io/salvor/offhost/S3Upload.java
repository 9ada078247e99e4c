package io.salvor.offhost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Sends files into a bucket, none over one that is there: a server that does not know that
/// condition is asked without it.
final class S3Upload {
  private static final int NOT_IMPLEMENTED = 501;
  private static final String ANY = "*";

  private final S3Client client;
  private final String bucket;
  private final S3Parts parts;

  S3Upload(S3Client client, String bucket, S3Parts parts) {
    this.client = client;
    this.bucket = bucket;
    this.parts = parts;
  }

  /// Sends one; it is there when all of it is.
  ///
  /// @throws RemoteFailed before anything is sent, where it is too long for any bucket
  void send(String key, Path file) {
    long bytes = length(file);
    if (bytes > S3Parts.LONGEST) {
      throw RemoteFailed.lasting(
          file + " has " + bytes + " bytes, and S3 takes " + S3Parts.LONGEST + " at most",
          "send the backups to a place of another type, see docs/backup.md",
          new IOException("too long"));
    }
    if (parts.inOne(bytes)) {
      whole(key, file);
    } else {
      inParts(key, file, bytes);
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void whole(String key, Path file) {
    var request = PutObjectRequest.builder().bucket(bucket).key(key);
    onlyIfNone(
        () -> client.putObject(request.ifNoneMatch(ANY).build(), RequestBody.fromFile(file)),
        () -> client.putObject(request.ifNoneMatch(null).build(), RequestBody.fromFile(file)));
  }

  /// What was sent of one that is not whole is taken back; where that does not succeed either, it
  /// lies in no listing, and the bucket's owner has it cleared away.
  private void inParts(String key, Path file, long bytes) {
    String upload = client.createMultipartUpload(it -> it.bucket(bucket).key(key)).uploadId();
    try {
      List<CompletedPart> sent = sent(key, upload, file, bytes);
      var request =
          CompleteMultipartUploadRequest.builder()
              .bucket(bucket)
              .key(key)
              .uploadId(upload)
              .multipartUpload(it -> it.parts(sent));
      onlyIfNone(
          () -> client.completeMultipartUpload(request.ifNoneMatch(ANY).build()),
          () -> client.completeMultipartUpload(request.ifNoneMatch(null).build()));
    } catch (RuntimeException e) {
      takeBack(key, upload, e);
      throw e;
    }
  }

  private List<CompletedPart> sent(String key, String upload, Path file, long bytes) {
    var sent = new ArrayList<CompletedPart>();
    long most = parts.partBytes(bytes);
    for (long from = 0; from < bytes; from += most) {
      long start = from;
      long length = Math.min(most, bytes - from);
      int number = sent.size() + 1;
      var body =
          RequestBody.fromContentProvider(
              () -> slice(file, start, length), length, "application/octet-stream");
      String tag =
          client
              .uploadPart(
                  it ->
                      it.bucket(bucket)
                          .key(key)
                          .uploadId(upload)
                          .partNumber(number)
                          .contentLength(length),
                  body)
              .eTag();
      sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
    }
    return sent;
  }

  private static InputStream slice(Path file, long from, long bytes) {
    try {
      return new FileSlice(file, from, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void takeBack(String key, String upload, RuntimeException why) {
    try {
      client.abortMultipartUpload(it -> it.bucket(bucket).key(key).uploadId(upload));
    } catch (SdkException e) {
      why.addSuppressed(e);
    }
  }

  private static void onlyIfNone(Runnable asking, Runnable otherwise) {
    try {
      asking.run();
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_IMPLEMENTED) {
        throw e;
      }
      otherwise.run();
    }
  }
}
