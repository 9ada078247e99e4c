package io.salvor.offhost;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// A bucket.
final class S3Folder implements RemoteFolder {
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int TAKEN = 412;
  private static final int CONFLICT = 409;

  private final RemoteAddress.S3 address;
  private final S3Client client;
  private final S3Upload upload;
  private final String before;

  private S3Folder(RemoteAddress.S3 address, S3Client client, S3Parts parts) {
    this.address = address;
    this.client = client;
    this.upload = new S3Upload(client, address.bucket(), parts);
    this.before = address.prefix().isEmpty() ? "" : address.prefix() + "/";
  }

  /// Nothing is looked up in files or networks but what the address names.
  static S3Folder open(RemoteAddress.S3 address, Map<String, String> environment, S3Parts parts) {
    var credentials =
        AwsBasicCredentials.create(
            address.accessKey().read(environment), address.secretKey().read(environment));
    var client =
        S3Client.builder()
            .region(Region.of(address.region()))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .overrideConfiguration(it ->
                it.defaultProfileFile(ProfileFile.aggregator().build()).defaultProfileName("none"))
            // What speaks like S3 need not know Amazon's newer checksums; ours are read back
            // anyhow.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    address
        .endpoint()
        .ifPresent(it -> client.endpointOverride(URI.create(it)).forcePathStyle(true));
    return new S3Folder(address, client.build(), parts);
  }

  @Override
  public List<File> list(String prefix) {
    try {
      var found = new ArrayList<File>();
      client
          .listObjectsV2Paginator(it -> it.bucket(address.bucket()).prefix(before + prefix))
          .contents()
          .forEach(it -> found.add(new File(it.key().substring(before.length()), it.size())));
      found.sort((one, other) -> one.name().compareTo(other.name()));
      return found;
    } catch (SdkException e) {
      throw failed("cannot be listed", e);
    }
  }

  /// Asks first, since not all that speak like S3 know the condition; where they do, it decides.
  @Override
  public void put(String name, Path file) {
    try {
      if (!exists(name)) {
        upload.send(before + name, file);
      }
    } catch (S3Exception e) {
      if (e.statusCode() != TAKEN && e.statusCode() != CONFLICT) {
        throw failed("does not take " + name, e);
      }
    } catch (SdkException e) {
      throw failed("does not take " + name, e);
    }
  }

  private boolean exists(String name) {
    try {
      client.headObject(
          HeadObjectRequest.builder().bucket(address.bucket()).key(before + name).build());
      return true;
    } catch (NoSuchKeyException e) {
      return false;
    }
  }

  @Override
  public InputStream open(String name) {
    try {
      return client.getObject(
          GetObjectRequest.builder().bucket(address.bucket()).key(before + name).build());
    } catch (SdkException e) {
      throw failed("does not give " + name, e);
    }
  }

  @Override
  public void remove(String name) {
    try {
      client.deleteObject(it -> it.bucket(address.bucket()).key(before + name));
    } catch (SdkException e) {
      throw failed("does not let " + name + " be removed", e);
    }
  }

  private RemoteFailed failed(String what, SdkException e) {
    String message = address.text() + " " + what + ": " + e.getMessage();
    return e instanceof S3Exception said && said.statusCode() >= 400 && said.statusCode() < 500
        ? RemoteFailed.lasting(
            message, "look at bucket, region, keys and what these keys may do", e)
        : RemoteFailed.passing(message, e);
  }

  @Override
  public void close() {
    client.close();
  }
}
