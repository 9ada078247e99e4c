package io.salvor.offhost.lab;

import io.salvor.offhost.RemoteAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/// Apache MINA's SSH server with SFTP, in this process, over a folder. It lets in one key.
public final class SftpServer implements AutoCloseable {
  /// Whom it knows.
  public static final String USER = "anna";

  private final SshServer server;
  private final Path folder;

  private SftpServer(SshServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /// Starts it.
  ///
  /// @param folder holds what it keeps, and the files that a client needs
  public static SftpServer start(Path folder) throws IOException, GeneralSecurityException {
    Files.createDirectories(folder.resolve("data"));
    KeyPair host = pair();
    KeyPair user = pair();
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPublickeyAuthenticator(
        (name, key, _) -> name.equals(USER) && KeyUtils.compareKeys(key, user.getPublic()));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
    server.setFileSystemFactory(new VirtualFileSystemFactory(folder.resolve("data")));
    server.start();
    var started = new SftpServer(server, folder);
    Files.writeString(started.key(), pem(user));
    Files.writeString(
        started.knownHosts(),
        "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(host.getPublic()) + "\n");
    Files.writeString(
        folder.resolve("key.pub"), AuthorizedKeyEntry.toString(user.getPublic()) + "\n");
    return started;
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2_048);
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /// The folder that it serves.
  public Path data() {
    return folder.resolve("data");
  }

  /// The private key that it lets in.
  public Path key() {
    return folder.resolve("key");
  }

  /// What a client must know it by.
  public Path knownHosts() {
    return folder.resolve("known_hosts");
  }

  /// A place in it.
  public RemoteAddress.Sftp address(String path) {
    return new RemoteAddress.Sftp(
        "127.0.0.1", server.getPort(), USER, key(), knownHosts(), "/" + path);
  }

  /// The same, as it is typed.
  public String url(String path) {
    return "sftp://"
        + USER
        + "@127.0.0.1:"
        + server.getPort()
        + "/"
        + path
        + "?key="
        + key()
        + "&known_hosts="
        + knownHosts();
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}
