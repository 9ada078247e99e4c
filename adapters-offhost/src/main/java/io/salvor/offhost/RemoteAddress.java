package io.salvor.offhost;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where a place for files is, and with what one gets in.
public sealed interface RemoteAddress {
  /// A folder, of a mounted host for example.
  record Directory(Path path) implements RemoteAddress {
    @Override
    public String text() {
      return path.toString();
    }
  }

  /// A bucket of S3, or of what speaks like it.
  ///
  /// @param endpoint `https://…`; empty for Amazon's own
  /// @param prefix of all names; may be empty
  record S3(
      Optional<String> endpoint,
      String bucket,
      String prefix,
      String region,
      Secret accessKey,
      Secret secretKey)
      implements RemoteAddress {
    @Override
    public String text() {
      return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }
  }

  /// A folder of a host that speaks SSH.
  ///
  /// @param key file with the private key
  /// @param knownHosts file with the keys of hosts that are trusted
  record Sftp(String host, int port, String user, Path key, Path knownHosts, String path)
      implements RemoteAddress {
    @Override
    public String text() {
      return "sftp://" + user + "@" + host + ":" + port + path;
    }
  }

  /// As people know it, without secrets.
  String text();

  /// The region where none is named, as most that speak like S3 take it.
  String USUAL_REGION = "us-east-1";

  /// Where Amazon's own tools look.
  Secret USUAL_ACCESS_KEY = new Secret.Variable("AWS_ACCESS_KEY_ID");

  /// Where Amazon's own tools look.
  Secret USUAL_SECRET_KEY = new Secret.Variable("AWS_SECRET_ACCESS_KEY");

  /// The port of SSH.
  int USUAL_PORT = 22;

  /// Whether a text is an address, and not a name: a path or a URL.
  static boolean isOne(String text) {
    return text.startsWith("/") || text.contains("://");
  }

  /// `/a/path`, `s3://BUCKET/PREFIX?endpoint=…&region=…&access_key_file=…&secret_key_file=…` or
  /// `sftp://USER@HOST:PORT/PATH?key=…&known_hosts=…`.
  ///
  /// @throws IllegalArgumentException where it is none of these
  static RemoteAddress of(String text, Map<String, String> environment) {
    if (text.startsWith("/")) {
      return new Directory(Path.of(text).normalize());
    }
    try {
      var uri = new URI(text);
      Map<String, String> options = options(uri);
      return switch (String.valueOf(uri.getScheme())) {
        case "s3" -> s3(uri, options);
        case "sftp" -> sftp(uri, options, environment);
        case "file" -> new Directory(Path.of(uri.getPath()));
        default -> throw new IllegalArgumentException(text + " is no address" + FORMS);
      };
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(text + " is no address" + FORMS, e);
    }
  }

  /// What an address may look like, for people.
  String FORMS = ": /a/path, s3://BUCKET/PREFIX?endpoint=URL or sftp://USER@HOST/PATH";

  private static Map<String, String> options(URI uri) {
    var options = new TreeMap<String, String>();
    String query = uri.getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        String value = parts.length > 1 ? parts[1] : "";
        options.put(parts[0], URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return options;
  }

  private static RemoteAddress s3(URI uri, Map<String, String> options) {
    String bucket = uri.getHost() == null ? String.valueOf(uri.getAuthority()) : uri.getHost();
    return new S3(
        Optional.ofNullable(options.get("endpoint")),
        bucket,
        trimmed(uri.getPath()),
        options.getOrDefault("region", USUAL_REGION),
        secret(options, "access_key_file", USUAL_ACCESS_KEY),
        secret(options, "secret_key_file", USUAL_SECRET_KEY));
  }

  private static Secret secret(Map<String, String> options, String name, Secret usual) {
    return options.containsKey(name)
        ? new Secret.File(Path.of(options.getOrDefault(name, "")))
        : usual;
  }

  /// Without `/` at its ends.
  static String trimmed(String path) {
    return path.replaceAll("^/+|/+$", "");
  }

  private static RemoteAddress sftp(
      URI uri, Map<String, String> options, Map<String, String> environment) {
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(uri + " names no host" + FORMS);
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path ssh = Path.of(home, ".ssh");
    String user = uri.getUserInfo() == null ? System.getProperty("user.name") : uri.getUserInfo();
    return new Sftp(
        uri.getHost(),
        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
        user,
        options.containsKey("key")
            ? Path.of(options.getOrDefault("key", ""))
            : ssh.resolve("id_ed25519"),
        options.containsKey("known_hosts")
            ? Path.of(options.getOrDefault("known_hosts", ""))
            : ssh.resolve("known_hosts"),
        uri.getPath().isEmpty() ? "/" : uri.getPath());
  }

  /// Opens it. A library that is needed for it is loaded now.
  ///
  /// @throws RemoteFailed where it cannot be reached, or does not let one in
  default RemoteFolder open(Map<String, String> environment) {
    return switch (this) {
      case Directory(var path) -> new DirectoryFolder(path);
      case S3 s3 -> S3Folder.open(s3, environment, S3Parts.USUAL);
      case Sftp sftp -> SftpFolder.open(sftp);
    };
  }
}
